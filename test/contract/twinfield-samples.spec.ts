import { afterEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { bookInvoice, payInvoice, receive } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer } from '../../src/sandbox/twinfield/customers.js';
import type { LineRow } from '../../src/sandbox/twinfield/records.js';
import { type TwinfieldFixture, startTwinfield } from './support/twinfield-client.js';

/*
 * The XML samples of the fact sheet (§9), one by one: what the sheet says is sent is sent, and the simulator has to answer what the sheet says
 * comes back, to the letter. Blanks between elements are the sheet's; `…` stands for what it left out.
 */

let fixture: TwinfieldFixture;
afterEach(() => fixture.sandbox.stop());

const flat = (sample: string): string =>
  sample
    .trim()
    .replace(/>\s+</g, '><')
    .replace(/>\s*…\s*</g, '>…<');

/** Equal but for what the sample leaves out. */
function expectSample(actual: string, sample: string): void {
  const parts = flat(sample).split('…');
  if (parts.length === 1) expect(actual).toBe(parts[0]);
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  expect(actual).toMatch(new RegExp(`^${pattern}$`, 's'));
}

/** Office KD01 of the samples: a customer, an invoice of 1815.00 of which 1000.00 was paid. */
async function korenaar(day = '2025-04-24'): Promise<{ invoice: LineRow }> {
  fixture = await startTwinfield(day);
  const { books } = fixture;
  const was = (time: string): Date => new Date(time);
  addCustomer(
    books,
    { code: '1037', uid: '5b0c6a1e-0f0f-4f42-9a57-1d0e7d6c9a11', name: 'Bakkerij De Halm B.V.' },
    was('2025-01-02T08:00:00Z'),
  );
  const invoice = bookInvoice(
    books,
    {
      customer: '1037',
      number: '202500318',
      date: plainDate('2025-03-01'),
      dueDate: plainDate('2025-03-31'),
      amount: 181_500,
      invoiceNumber: '2025-0318',
      origin: 'import',
      userCode: 'API',
    },
    was('2025-03-01T10:15:00Z'),
  );
  return { invoice };
}

const partPaid = (invoice: LineRow): void => {
  // The payment of the sample is the 41st of the bank book in 2025.
  while (fixture.books.count('BNK 2025') < 40);
  payInvoice(fixture.books, invoice, { amount: 100_000, date: plainDate('2025-04-10') }, new Date('2025-04-10T06:00:00Z'));
  invoice.transaction.modifiedAt = new Date('2025-04-10T06:00:00Z');
};

describe('samples of the fact sheet', () => {
  it('the list of offices', async () => {
    await korenaar();
    const reply = await fixture.call('<list><type>offices</type></list>');
    expect(reply.text).toContain(
      '<ProcessXmlStringResponse xmlns="http://www.twinfield.com/"><ProcessXmlStringResult>&lt;offices result="1"&gt;&lt;office name="Korenaar Demo" shortname="Korenaar"&gt;KD01&lt;/office&gt;&lt;/offices&gt;</ProcessXmlStringResult></ProcessXmlStringResponse>',
    );
  });

  it('open items', async () => {
    const { invoice } = await korenaar();
    partPaid(invoice);
    const request = `<columns code="130_1">
 <sort><field order="ascending">fin.trs.line.dim2</field></sort>
 <column><field>fin.trs.head.status</field><label>St</label><visible>true</visible><ask>true</ask><operator>equal</operator><from>normal</from><to/><finderparam/></column>
 <column><field>fin.trs.line.matchstatus</field><label>Ms</label><visible>true</visible><ask>true</ask><operator>equal</operator><from>available</from><to/><finderparam/></column>
 <column><field>fin.trs.line.dim2</field><label>Deb</label><visible>true</visible><ask>true</ask><operator>between</operator><from/><to/><finderparam/></column>
 <column><field>fin.trs.line.invnumber</field><label>Inv</label><visible>true</visible></column>
 <column><field>fin.trs.line.datedue</field><label>Due</label><visible>true</visible></column>
 <column><field>fin.trs.head.curcode</field><label>Cur</label><visible>true</visible></column>
 <column><field>fin.trs.line.valuesigned</field><label>Val</label><visible>true</visible></column>
 <column><field>fin.trs.line.openbasevaluesigned</field><label>Open</label><visible>true</visible></column>
</columns>`;
    expectSample(
      await fixture.process(request),
      `<browse result="1" first="1" last="1" total="1">
 <th><td label="St" hideforuser="false" type="String">fin.trs.head.status</td><td label="Ms" hideforuser="false" type="String">fin.trs.line.matchstatus</td><td label="Deb" hideforuser="false" type="String">fin.trs.line.dim2</td><td label="Inv" hideforuser="false" type="String">fin.trs.line.invnumber</td><td label="Due" hideforuser="false" type="Date">fin.trs.line.datedue</td><td label="Cur" hideforuser="false" type="String">fin.trs.head.curcode</td><td label="Val" hideforuser="false" type="Value">fin.trs.line.valuesigned</td><td label="Open" hideforuser="false" type="Value">fin.trs.line.openbasevaluesigned</td></th>
 <tr><td field="fin.trs.head.status" hideforuser="false" type="String" name="Definitief">final</td><td field="fin.trs.line.matchstatus" hideforuser="false" type="String" name="Beschikbaar">available</td><td field="fin.trs.line.dim2" hideforuser="false" type="String">1037</td><td field="fin.trs.line.invnumber" hideforuser="false" type="String">2025-0318</td><td field="fin.trs.line.datedue" hideforuser="false" type="Date" name="31/03/2025">20250331</td><td field="fin.trs.head.curcode" hideforuser="false" type="String">EUR</td><td field="fin.trs.line.valuesigned" hideforuser="false" type="Value">1815.00</td><td field="fin.trs.line.openbasevaluesigned" hideforuser="false" type="Value">815.00</td>
  <key><office>KD01</office><code>VRK</code><number>202500318</number><line>1</line></key></tr>
</browse>`,
    );
  });

  it('an update of the credit fields', async () => {
    await korenaar();
    const { books, clock, organisation, sandbox } = fixture;
    sandbox.addUser(organisation, { code: 'INCASSO', name: 'Incasso' });
    const customer = books.customer('1037');
    customer.touched = 8;
    clock.set(new Date('2025-04-24T08:15:02Z'));
    sandbox.oidc.refresh(fixture.grant.refresh?.value ?? '', fixture.app);
    const block =
      '<responsibleuser>INCASSO</responsibleuser><basecreditlimit>2500.00</basecreditlimit><sendreminder>false</sendreminder><reminderemail/><blocked>false</blocked><freetext1/><freetext2/><freetext3/><comment>[CC] 2025-04-24 overgedragen incasso, dossier 7781 | PTP 2025-04-20 niet nagekomen</comment>';
    const request = `<dimensions><dimension><office>KD01</office><type>DEB</type><code>1037</code><name>Bakkerij De Halm B.V.</name>
 <creditmanagement>${block}</creditmanagement></dimension></dimensions>`;
    expectSample(
      await fixture.process(request, { token: fixture.grant.access?.value ?? '' }),
      `<dimensions result="1"><dimension status="active" result="1"><office name="Korenaar Demo" shortname="">KD01</office><type name="Debiteuren" shortname="Debiteuren">DEB</type><code>1037</code><uid>5b0c6a1e-0f0f-4f42-9a57-1d0e7d6c9a11</uid><name>Bakkerij De Halm B.V.</name> … <creditmanagement>…</creditmanagement><touched>9</touched><modified>20250424081502</modified></dimension></dimensions>`,
    );
    expect(customer.credit).toMatchObject({
      responsibleUser: 'INCASSO',
      creditLimit: 250_000,
      sendReminder: 'false',
      comment: '[CC] 2025-04-24 overgedragen incasso, dossier 7781 | PTP 2025-04-20 niet nagekomen',
    });
  });

  it('a transaction, part paid', async () => {
    const { invoice } = await korenaar();
    partPaid(invoice);
    const request = '<read><type>transaction</type><office>KD01</office><code>VRK</code><number>202500318</number></read>';
    // The sample shows the receivable line only.
    expectSample(
      await fixture.process(request),
      `<transaction location="final" result="1"><header><office name="Korenaar Demo" shortname="">KD01</office><code name="Verkoopfactuur" shortname="Verkoop">VRK</code><number>202500318</number><period>2025/03</period><currency name="Euro" shortname="Euro">EUR</currency><regime>Generic</regime><date>20250301</date><origin>import</origin><modificationdate>20250410060000</modificationdate><user name="Koppeling" shortname="">API</user><inputdate>20250301101500</inputdate><duedate>20250331</duedate><invoicenumber>2025-0318</invoicenumber></header>
<lines><line type="total" id="1"><dim1 name="Debiteuren" shortname="" dimensiontype="BAS">1300</dim1><dim2 name="Bakkerij De Halm B.V." shortname="" dimensiontype="DEB">1037</dim2><debitcredit>debit</debitcredit><value>1815.00</value><basevalue>1815.00</basevalue><rate>1</rate><description/><matchstatus>available</matchstatus><matchlevel>2</matchlevel><relation>2</relation><openvalue>815.00</openvalue><openbasevalue>815.00</openbasevalue><matchdate>20250410</matchdate>
<matches><set status="final"><matchdate>20250410</matchdate><lines><line><code>BNK</code><number>202500041</number><line>2</line><method>payment</method><matchvalue>1000.00</matchvalue></line></lines><matchvalue>1000.00</matchvalue></set></matches></line>…</lines></transaction>`,
    );
  });

  it('a match: the first set is done, the second refused', async () => {
    const { invoice } = await korenaar('2025-04-28');
    const { books } = fixture;
    const at = fixture.clock.now();
    // Sets 1 to 3 of this customer were before; 815.00 is left of the invoice.
    for (const amount of [40_000, 30_000, 30_000]) payInvoice(books, invoice, { amount, date: plainDate('2025-04-10') }, at);
    while (books.count('BNK 2025') < 51);
    const date = plainDate('2025-04-28');
    const receipt = receive(books, { customer: '1037', amount: 81_500, date }, at);
    const other = receive(books, { customer: '1037', amount: 4_000, date }, at);
    // The sample has line 3 of the bank transaction; here the customer stands on line 2.
    const line = (code: string, number: string, id: number, value: string): string =>
      `<line><transcode>${code}</transcode><transnumber>${number}</transnumber><transline>${id}</transline><matchvalue>${value}</matchvalue></line>`;
    const set = (lines: string): string =>
      `<set><office>KD01</office><matchcode>170</matchcode><matchdate>20250428</matchdate><lines>${lines}</lines></set>`;
    const good = set(line('VRK', '202500318', 1, '815.00') + line('BNK', '202500052', 2, '-815.00'));
    const bad = set(line('VRK', '202500999', 1, '40.00') + line('BNK', other.transaction.number, 2, '-40.00'));
    expectSample(
      await fixture.process(`<match>${good}${bad}</match>`),
      `<sets><set result="1"><office>KD01</office><matchcode name="Debiteuren afletteren">170</matchcode><matchdate>20250428</matchdate><lines>
 <line result="1"><transcode name="Verkoopfactuur" shortname="Verkoop">VRK</transcode><transnumber>202500318</transnumber><transline>1</transline><matchvalue>815.00</matchvalue><origin>import</origin><status>final</status><dim1>1300</dim1><dim2>1037</dim2><matchlevel>2</matchlevel><basevalueopen>815.00</basevalueopen><repvalueopen>815.00</repvalueopen><valueopen>815.00</valueopen><matchvaluerep>815.00</matchvaluerep><matchvaluecur>815.00</matchvaluecur></line> … </lines>
 <dimensions><dimension level="2" matchnumber="4">1037</dimension></dimensions><value>0.00</value></set>
<set result="0"><office>KD01</office><matchcode name="Debiteuren afletteren">170</matchcode><matchdate>20250428</matchdate><lines result="0"><line msgtype="error" msg="De regel bestaat niet." result="0"><transcode>VRK</transcode><transnumber>202500999</transnumber><transline>1</transline></line></lines><value>-40.00</value></set></sets>`,
    );
    expect([invoice.open, receipt.open, other.open]).toEqual([0, 0, -4_000]);
  });

  it('a bank receipt', async () => {
    await korenaar('2025-04-28');
    const request = `<transactions><transaction destiny="final" raisewarning="false"><header><office>KD01</office><code>BNK</code><date>20250428</date><statementnumber>52</statementnumber><currency>EUR</currency><startvalue>10200.00</startvalue><closevalue>11015.00</closevalue><freetext1>cc:9f31c2</freetext1></header>
<lines><line type="total" id="1"><dim1>1100</dim1><debitcredit>debit</debitcredit><value>815.00</value></line>
<line type="detail" id="2"><dim1>1300</dim1><dim2>1037</dim2><debitcredit>credit</debitcredit><value>815.00</value><invoicenumber>2025-0318</invoicenumber><description>2025-0318 restant</description></line></lines></transaction></transactions>`;
    expect(await fixture.process(request)).toContain('<transactions result="1"><transaction location="final" result="1">');
    expect(fixture.books.transaction('BNK', '202500001')).toMatchObject({
      statementNumber: 52,
      freetexts: ['cc:9f31c2', null, null],
      lines: [
        { dim1: '1100', value: 81_500 },
        { dim1: '1300', dim2: '1037', value: -81_500, open: -81_500, invoiceNumber: '2025-0318' },
      ],
    });
  });

  it('an electronic statement', async () => {
    await korenaar('2025-04-28');
    const request = `<statements><statement target="electronicstatements"><iban>NL13TEST0123456789</iban><date>20250428</date><currency>EUR</currency><startvalue>10200.00</startvalue><closevalue>11015.00</closevalue><statementnumber>52</statementnumber><office>KD01</office><transactions><transaction><contraiban>NL20INGB0001234567</contraiban><type>N100</type><reference>NTRF-7781</reference><debitcredit>credit</debitcredit><value>815.00</value><description>fact 2025-0318</description></transaction></transactions></statement></statements>`;
    const reply = await fixture.process(request);
    expect(reply).toContain('<statements result="1"><statement target="electronicstatements" result="1">');
    expect(reply).toContain('<transactions count="1">');
    expect(fixture.books.statements).toMatchObject([
      { number: 52, opening: 1_020_000, closing: 1_101_500, lines: [{ amount: 81_500, reference: 'NTRF-7781' }] },
    ]);
  });

  it('a business error on a deep element', async () => {
    await korenaar('2025-04-28');
    const request = `<transactions><transaction destiny="final" raisewarning="false"><header><office>KD01</office><code>BNK</code><date>20250428</date><currency>EUR</currency><startvalue>0.00</startvalue><closevalue>815.00</closevalue></header><lines><line type="total" id="1"><dim1>1100</dim1><debitcredit>debit</debitcredit><value>815.00</value></line><line type="detail" id="2"><dim1>1300</dim1><dim2>9037</dim2><debitcredit>credit</debitcredit><value>815.00</value></line></lines></transaction></transactions>`;
    expectSample(
      await fixture.process(request),
      `<transactions result="0"><transaction destiny="final" raisewarning="false" result="0"><header><office>KD01</office><code>BNK</code> … </header><lines result="0"> … <line type="detail" id="2" result="0"><dim1>1300</dim1><dim2 msgtype="error" msg="Dimensie 9037 komt niet voor in administratie KD01." result="0">9037</dim2> … </line></lines></transaction></transactions>`,
    );
    expect(fixture.books.transactions.size).toBe(1);
  });

  it('a SOAP fault', async () => {
    await korenaar();
    const reply = await fixture.call('<list><type>offices</type></list>', { token: 'expired' });
    expect(reply.status).toBe(401);
    expect(reply.text).toContain(
      `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Access denied. Token invalid.</faultstring><faultactor>${fixture.cluster}/webservices/processxml.asmx</faultactor><detail><message>Access denied. Token invalid.</message><code>354</code><source>ProcessXmlString</source></detail></soap:Fault>`,
    );
  });

  it('the finder and a query of a command/query service', async () => {
    await korenaar('2025-04-28');
    const { books } = fixture;
    books.customer('1037').modifiedAt = new Date('2025-04-27T00:00:00Z');
    addCustomer(books, { code: '1038', name: 'Ongewijzigd' }, new Date('2025-04-26T23:59:59Z'));
    const search = `<Search xmlns="http://www.twinfield.com/"><type>DIM</type><pattern>*</pattern><field>0</field><firstRow>1</firstRow><maxRows>25</maxRows><options><ArrayOfString><string>dimtype</string><string>DEB</string></ArrayOfString><ArrayOfString><string>office</string><string>KD01</string></ArrayOfString><ArrayOfString><string>modifiedsince</string><string>20250427000000</string></ArrayOfString></options></Search>`;
    const found = await fixture.soap('/webservices/finder.asmx', 'Search', search);
    expect(found.text).toContain(
      `<SearchResponse xmlns="http://www.twinfield.com/"><SearchResult/><data><TotalRows>1</TotalRows><Columns><string>Code</string><string>Naam</string></Columns><Items><ArrayOfString><string>1037</string><string>Bakkerij De Halm B.V.</string></ArrayOfString></Items></data></SearchResponse>`,
    );
    const header = `<t:Authentication xmlns:t="http://www.twinfield.com/" xmlns:s="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared"><s:AccessToken>${fixture.grant.access?.value}</s:AccessToken><s:CompanyCode>KD01</s:CompanyCode></t:Authentication>`;
    const query = `<Query i:type="a:GetBankStatements" xmlns="http://www.twinfield.com/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:a="http://schemas.datacontract.org/2004/07/Twinfield.WebServices.BankStatementService"><a:IncludePostedStatements>true</a:IncludePostedStatements><a:StatementDateFrom>2025-04-01T00:00:00</a:StatementDateFrom><a:StatementDateTo>2025-04-30T00:00:00</a:StatementDateTo></Query>`;
    const statements = await fixture.soap('/webservices/BankStatementService.svc', 'BankStatementService/Query', query, { header });
    expect(statements.status).toBe(200);
    expect(statements.text).toContain('<a:BankStatements/>');
  });
});
