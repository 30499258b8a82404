import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { unwrap } from '../../../kernel/result.js';
import { COLUMNS } from '../vendor.js';
import type { StatementToImport } from '../../accounting-package.port.js';
import { statementRequest } from './bank-statement.js';
import { browseQuery, rowsIn, totalIn } from './browse.js';
import { creditUpdate } from './credit-update.js';
import { customerIn } from './customer.js';
import { bodyIn, methodEnvelope, processEnvelope, processResult, queryEnvelope } from './envelope.js';
import { faultIn } from './failure.js';
import { matchRequest } from './match.js';
import { finderSearch, listOffices } from './requests.js';
import { judge, judgeEach } from './result.js';
import { receivableLine } from './transaction.js';
import { at, childrenOf, parseXml, textAt } from './xml.js';

/** The samples of the fact sheet, §9: invented data in real shapes. Breaks between elements are the sheet's, and not on the wire (§2). */
const tight = (xml: string): string => xml.replace(/>\s+</g, '><').trim();
const parsed = (xml: string) => unwrap(parseXml(tight(xml)));
const soap = (body: string): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${tight(body)}</soap:Body></soap:Envelope>`;

describe('what the fact sheet shows is written exactly', () => {
  it('the envelope, with the request as text in it', () => {
    expect(processEnvelope({ token: 'TOKEN', office: 'KD01' }, listOffices())).toBe(
      tight(`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soap:Header><Header xmlns="http://www.twinfield.com/"><AccessToken>TOKEN</AccessToken><CompanyCode>KD01</CompanyCode><CompanyId xsi:nil="true"/></Header></soap:Header>
 <soap:Body><ProcessXmlString xmlns="http://www.twinfield.com/"><xmlRequest><![CDATA[<list><type>offices</type></list>]]></xmlRequest></ProcessXmlString></soap:Body>
</soap:Envelope>`),
    );
  });

  it('a browse of open items', () => {
    const open = { operator: 'equal', from: 'available' } as const;
    const query = browseQuery(
      '130_1',
      [
        { field: COLUMNS.status, label: 'St', filter: { operator: 'equal', from: 'normal' } },
        { field: COLUMNS.matchStatus, label: 'Ms', filter: open },
        { field: COLUMNS.customer, label: 'Deb', filter: { operator: 'between', from: '', to: '' } },
        { field: COLUMNS.invoice, label: 'Inv' },
        { field: COLUMNS.due, label: 'Due' },
        { field: COLUMNS.currency, label: 'Cur' },
        { field: COLUMNS.value, label: 'Val' },
        { field: COLUMNS.baseOpen, label: 'Open' },
      ],
      [COLUMNS.customer],
    );
    expect(query).toBe(
      tight(`<columns code="130_1">
 <sort><field order="ascending">fin.trs.line.dim2</field></sort>
 <column><field>fin.trs.head.status</field><label>St</label><visible>true</visible><ask>true</ask><operator>equal</operator><from>normal</from><to/><finderparam/></column>
 <column><field>fin.trs.line.matchstatus</field><label>Ms</label><visible>true</visible><ask>true</ask><operator>equal</operator><from>available</from><to/><finderparam/></column>
 <column><field>fin.trs.line.dim2</field><label>Deb</label><visible>true</visible><ask>true</ask><operator>between</operator><from/><to/><finderparam/></column>
 <column><field>fin.trs.line.invnumber</field><label>Inv</label><visible>true</visible></column>
 <column><field>fin.trs.line.datedue</field><label>Due</label><visible>true</visible></column>
 <column><field>fin.trs.head.curcode</field><label>Cur</label><visible>true</visible></column>
 <column><field>fin.trs.line.valuesigned</field><label>Val</label><visible>true</visible></column>
 <column><field>fin.trs.line.openbasevaluesigned</field><label>Open</label><visible>true</visible></column>
</columns>`),
    );
  });

  it('an update of credit fields', () => {
    const customer = customerIn(parsed('<dimension status="active"><code>1037</code><name>Bakkerij De Halm B.V.</name></dimension>'));
    const comment = '[CC] 2025-04-24 overgedragen incasso, dossier 7781 | PTP 2025-04-20 niet nagekomen';
    const block = { comment, responsibleuser: 'INCASSO', basecreditlimit: '2500.00', sendreminder: 'false', reminderemail: '' };
    expect(creditUpdate('KD01', customer, { ...block, blocked: 'false', freetext1: '', freetext2: '', freetext3: '' })).toBe(
      tight(`<dimensions><dimension><office>KD01</office><type>DEB</type><code>1037</code><name>Bakkerij De Halm B.V.</name>
 <creditmanagement><responsibleuser>INCASSO</responsibleuser><basecreditlimit>2500.00</basecreditlimit><sendreminder>false</sendreminder><reminderemail/><blocked>false</blocked><freetext1/><freetext2/><freetext3/><comment>[CC] 2025-04-24 overgedragen incasso, dossier 7781 | PTP 2025-04-20 niet nagekomen</comment></creditmanagement></dimension></dimensions>`),
    );
  });

  it('a match, with parts of lines', () => {
    const lines = [
      { key: { code: 'VRK', number: '202500318', line: '1' }, part: 81_500 },
      { key: { code: 'BNK', number: '202500052', line: '3' }, part: -81_500 },
    ];
    expect(matchRequest({ office: 'KD01', on: plainDate('2025-04-28'), currency: 'EUR', lines })).toBe(
      tight(`<match><set><office>KD01</office><matchcode>170</matchcode><matchdate>20250428</matchdate><lines>
 <line><transcode>VRK</transcode><transnumber>202500318</transnumber><transline>1</transline><matchvalue>815.00</matchvalue></line>
 <line><transcode>BNK</transcode><transnumber>202500052</transnumber><transline>3</transline><matchvalue>-815.00</matchvalue></line></lines></set></match>`),
    );
  });

  it('a search of the Finder', () => {
    const options = { dimtype: 'DEB', office: 'KD01', modifiedsince: '20250427000000' };
    const envelope = methodEnvelope({ token: 'TOKEN', office: 'KD01' }, 'Search', finderSearch('DIM', '*', options, { maxRows: 25 }));
    expect(envelope).toContain(
      '<Search xmlns="http://www.twinfield.com/"><type>DIM</type><pattern>*</pattern><field>0</field><firstRow>1</firstRow><maxRows>25</maxRows><options><ArrayOfString><string>dimtype</string><string>DEB</string></ArrayOfString><ArrayOfString><string>office</string><string>KD01</string></ArrayOfString><ArrayOfString><string>modifiedsince</string><string>20250427000000</string></ArrayOfString></options></Search>',
    );
  });

  it('a query of a .svc service', () => {
    const fields = { IncludePostedStatements: 'true', StatementDateFrom: '2025-04-01T00:00:00', StatementDateTo: '2025-04-30T00:00:00' };
    const namespace = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.BankStatementService';
    expect(queryEnvelope({ token: 'TOKEN', office: 'KD01' }, 'GetBankStatements', namespace, fields)).toContain(
      tight(`<soap:Header><t:Authentication xmlns:t="http://www.twinfield.com/" xmlns:s="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared"><s:AccessToken>TOKEN</s:AccessToken><s:CompanyCode>KD01</s:CompanyCode></t:Authentication></soap:Header>
<soap:Body><Query i:type="a:GetBankStatements" xmlns="http://www.twinfield.com/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:a="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.BankStatementService"><a:IncludePostedStatements>true</a:IncludePostedStatements><a:StatementDateFrom>2025-04-01T00:00:00</a:StatementDateFrom><a:StatementDateTo>2025-04-30T00:00:00</a:StatementDateTo></Query></soap:Body>`),
    );
  });
});

describe('what is put into bank books is written exactly', () => {
  it('an electronic statement', () => {
    const line = { contraIban: 'NL20INGB0001234567', type: 'N100', reference: 'NTRF-7781', amount: 81_500, description: 'fact 2025-0318' };
    const statement: StatementToImport = {
      ...{ iban: 'NL13TEST0123456789', from: plainDate('2025-04-28'), on: plainDate('2025-04-28'), currency: 'EUR', number: 52 },
      ...{ opening: 1_020_000, closing: 1_101_500, lines: [line] },
    };
    expect(statementRequest('KD01', statement)).toBe(
      '<statements><statement target="electronicstatements"><iban>NL13TEST0123456789</iban><date>20250428</date><currency>EUR</currency><startvalue>10200.00</startvalue><closevalue>11015.00</closevalue><statementnumber>52</statementnumber><office>KD01</office><transactions><transaction><contraiban>NL20INGB0001234567</contraiban><type>N100</type><reference>NTRF-7781</reference><debitcredit>credit</debitcredit><value>815.00</value><description>fact 2025-0318</description></transaction></transactions></statement></statements>',
    );
  });
});

describe('what the fact sheet shows is read exactly', () => {
  it('the list of offices, XML as text in XML', () => {
    const reply = `<ProcessXmlStringResponse xmlns="http://www.twinfield.com/"><ProcessXmlStringResult>&lt;offices result="1"&gt;&lt;office name="Korenaar Demo" shortname="Korenaar"&gt;KD01&lt;/office&gt;&lt;/offices&gt;</ProcessXmlStringResult></ProcessXmlStringResponse>`;
    const body = unwrap(bodyIn(soap(reply)));
    if (!('content' in body)) throw new Error('it is a fault');
    const [office] = childrenOf(unwrap(processResult(body.content)), 'office');
    expect([office?.text, office?.attributes['name']]).toEqual(['KD01', 'Korenaar Demo']);
  });

  const BROWSE = `<browse result="1" first="1" last="1" total="1">
 <th><td label="St" hideforuser="false" type="String">fin.trs.head.status</td><td label="Ms" hideforuser="false" type="String">fin.trs.line.matchstatus</td><td label="Deb" hideforuser="false" type="String">fin.trs.line.dim2</td><td label="Inv" hideforuser="false" type="String">fin.trs.line.invnumber</td><td label="Due" hideforuser="false" type="Date">fin.trs.line.datedue</td><td label="Cur" hideforuser="false" type="String">fin.trs.head.curcode</td><td label="Val" hideforuser="false" type="Value">fin.trs.line.valuesigned</td><td label="Open" hideforuser="false" type="Value">fin.trs.line.openbasevaluesigned</td></th>
 <tr><td field="fin.trs.head.status" hideforuser="false" type="String" name="Definitief">final</td><td field="fin.trs.line.matchstatus" hideforuser="false" type="String" name="Beschikbaar">available</td><td field="fin.trs.line.dim2" hideforuser="false" type="String">1037</td><td field="fin.trs.line.invnumber" hideforuser="false" type="String">2025-0318</td><td field="fin.trs.line.datedue" hideforuser="false" type="Date" name="31/03/2025">20250331</td><td field="fin.trs.head.curcode" hideforuser="false" type="String">EUR</td><td field="fin.trs.line.valuesigned" hideforuser="false" type="Value">1815.00</td><td field="fin.trs.line.openbasevaluesigned" hideforuser="false" type="Value">815.00</td>
  <key><office>KD01</office><code>VRK</code><number>202500318</number><line>1</line></key></tr>
</browse>`;
  const row = {
    key: { code: 'VRK', number: '202500318', line: '1' },
    cells: {
      ...{ status: 'final', matchStatus: 'available', customer: '1037', invoice: '2025-0318', due: '20250331' },
      ...{ currency: 'EUR', value: '1815.00', baseOpen: '815.00' },
    },
  };

  it('rows of open items: the text is canonical, the localized name is not looked at', () => {
    expect(unwrap(rowsIn(parsed(BROWSE), 'KD01'))).toEqual([row]);
    expect(totalIn(parsed(BROWSE))).toBe(1);
  });

  it('rows whose cells do not say which field they are: then the header does', () => {
    const optimized = BROWSE.replace(/ field="[^"]*" hideforuser="false" type="[^"]*"/g, '');
    expect(unwrap(rowsIn(parsed(optimized), 'KD01'))).toEqual([row]);
  });

  it('refuses rows of another office', () => {
    expect(rowsIn(parsed(BROWSE), 'KD02')).toMatchObject({ ok: false, error: { code: 'unreadable-record' } });
  });

  it('the answer to an update', () => {
    const reply = parsed(
      '<dimensions result="1"><dimension status="active" result="1"><office name="Korenaar Demo" shortname="">KD01</office><type name="Debiteuren" shortname="Debiteuren">DEB</type><code>1037</code><uid>5b0c6a1e-0f0f-4f42-9a57-1d0e7d6c9a11</uid><name>Bakkerij De Halm B.V.</name><creditmanagement><comment>oud</comment><comment>nieuw</comment></creditmanagement><touched>9</touched><modified>20250424081502</modified></dimension></dimensions>',
    );
    const [answer] = judgeEach(reply, 'dimension');
    expect(answer?.judgement).toEqual({ ok: true, messages: [] });
    const customer = customerIn(answer?.object ?? reply);
    // Fields that come twice: the later ones are right (§5.2).
    expect([customer.code, customer.stamp, customer.credit.comment]).toEqual(['1037', '9 20250424081502', 'nieuw']);
  });

  it('a transaction that is paid in part', () => {
    const transaction =
      parsed(`<transaction location="final" result="1"><header><office name="Korenaar Demo" shortname="">KD01</office><code name="Verkoopfactuur" shortname="Verkoop">VRK</code><number>202500318</number><period>2025/03</period><currency name="Euro" shortname="Euro">EUR</currency><regime>Generic</regime><date>20250301</date><origin>import</origin><modificationdate>20250410060000</modificationdate><user name="Koppeling" shortname="">API</user><inputdate>20250301101500</inputdate><duedate>20250331</duedate><invoicenumber>2025-0318</invoicenumber></header>
<lines><line type="total" id="1"><dim1 name="Debiteuren" shortname="" dimensiontype="BAS">1300</dim1><dim2 name="Bakkerij De Halm B.V." shortname="" dimensiontype="DEB">1037</dim2><debitcredit>debit</debitcredit><value>1815.00</value><basevalue>1815.00</basevalue><rate>1</rate><description/><matchstatus>available</matchstatus><matchlevel>2</matchlevel><relation>2</relation><openvalue>815.00</openvalue><openbasevalue>815.00</openbasevalue><matchdate>20250410</matchdate>
<matches><set status="final"><matchdate>20250410</matchdate><lines><line><code>BNK</code><number>202500041</number><line>2</line><method>payment</method><matchvalue>1000.00</matchvalue></line></lines><matchvalue>1000.00</matchvalue></set></matches></line></lines></transaction>`);
    expect(receivableLine(transaction, '1')).toEqual({
      ...{
        customer: '1037',
        invoice: '2025-0318',
        currency: 'EUR',
        date: '2025-03-01',
        due: '2025-03-31',
        value: '1815.00',
        description: null,
        isDebit: true,
      },
      ...{ matchStatus: 'available', open: '815.00', baseOpen: '815.00', baseValue: '1815.00', matchedOn: '2025-04-10' },
      sets: [{ on: '2025-04-10', amount: '1000.00', lines: [{ code: 'BNK', number: '202500041', line: '2', amount: '1000.00' }] }],
    });
    expect(receivableLine(transaction, '2')).toBeNull();
  });

  it('a match of which the second set is refused: the first stands', () => {
    const reply =
      parsed(`<sets><set result="1"><office>KD01</office><matchcode name="Debiteuren afletteren">170</matchcode><matchdate>20250428</matchdate><lines>
 <line result="1"><transcode name="Verkoopfactuur" shortname="Verkoop">VRK</transcode><transnumber>202500318</transnumber><transline>1</transline><matchvalue>815.00</matchvalue><origin>import</origin><status>final</status><dim1>1300</dim1><dim2>1037</dim2><matchlevel>2</matchlevel><basevalueopen>815.00</basevalueopen><repvalueopen>815.00</repvalueopen><valueopen>815.00</valueopen><matchvaluerep>815.00</matchvaluerep><matchvaluecur>815.00</matchvaluecur></line></lines>
 <dimensions><dimension level="2" matchnumber="4">1037</dimension></dimensions><value>0.00</value></set>
<set result="0"><office>KD01</office><matchcode name="Debiteuren afletteren">170</matchcode><matchdate>20250428</matchdate><lines result="0"><line msgtype="error" msg="De regel bestaat niet." result="0"><transcode>VRK</transcode><transnumber>202500999</transnumber><transline>1</transline></line></lines><value>-40.00</value></set></sets>`);
    expect(judgeEach(reply, 'set').map(({ judgement }) => judgement)).toEqual([
      { ok: true, messages: [] },
      { ok: false, messages: [{ severity: 'error', path: 'set/lines/line', text: 'De regel bestaat niet.' }] },
    ]);
  });

  it('a business error on a deep element', () => {
    const reply = parsed(
      '<transactions result="0"><transaction destiny="final" raisewarning="false" result="0"><header><office>KD01</office><code>BNK</code></header><lines result="0"><line type="detail" id="2" result="0"><dim1>1300</dim1><dim2 msgtype="error" msg="Dimensie 9037 komt niet voor in administratie KD01." result="0">9037</dim2></line></lines></transaction></transactions>',
    );
    expect(judge(reply)).toEqual({
      ok: false,
      messages: [
        {
          severity: 'error',
          path: 'transactions/transaction/lines/line/dim2',
          text: 'Dimensie 9037 komt niet voor in administratie KD01.',
        },
      ],
    });
  });

  it('a SOAP fault', () => {
    const fault = `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Access denied. Token invalid.</faultstring><faultactor>https://api.accounting2.twinfield.com/webservices/processxml.asmx</faultactor><detail><message>Access denied. Token invalid.</message><code>354</code><source>ProcessXmlString</source></detail></soap:Fault>`;
    expect(faultIn(soap(fault))).toEqual({ code: '354', words: 'Access denied. Token invalid.' });
  });

  it('an answer of the Finder', () => {
    const body = unwrap(
      bodyIn(
        soap(
          '<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult/><data><TotalRows>1</TotalRows><Columns><string>Code</string><string>Naam</string></Columns><Items><ArrayOfString><string>1037</string><string>Bakkerij De Halm B.V.</string></ArrayOfString></Items></data></SearchResponse>',
        ),
      ),
    );
    if (!('content' in body)) throw new Error('it is a fault');
    expect(textAt(body.content, 'data', 'TotalRows')).toBe('1');
    expect(childrenOf(at(body.content, 'data', 'Items', 'ArrayOfString'), 'string').map(({ text }) => text)).toEqual([
      '1037',
      'Bakkerij De Halm B.V.',
    ]);
  });
});
