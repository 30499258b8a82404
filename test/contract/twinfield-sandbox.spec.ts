import { afterEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import {
  addAction,
  bookInvoice,
  creditInvoice,
  payInvoice,
  payShort,
  receive,
  selectForRun,
} from '../../src/sandbox/twinfield/bookings.js';
import type { OfficeProfile } from '../../src/sandbox/twinfield/books.js';
import { addCustomer, changeCustomer } from '../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../src/sandbox/twinfield/entries.js';
import { matchLines, undoMatch } from '../../src/sandbox/twinfield/matching.js';
import type { LineRow } from '../../src/sandbox/twinfield/records.js';
import { openItemsOf } from '../../src/sandbox/twinfield/truth.js';
import { type TwinfieldFixture, ask, faultOf, startTwinfield, textsOf } from './support/twinfield-client.js';

let fixture: TwinfieldFixture;
afterEach(() => fixture.sandbox.stop());

const TODAY = plainDate('2026-10-14');

async function start(profile: Partial<OfficeProfile> = {}): Promise<TwinfieldFixture> {
  fixture = await startTwinfield(TODAY, { limits: false }, {}, profile);
  return fixture;
}

/** Customer 00590 and an invoice of 1210.00 of 1 September, due in 30 days. */
async function withInvoice(changes: Partial<Parameters<typeof bookInvoice>[1]> = {}): Promise<LineRow> {
  const { books, clock } = await start();
  addCustomer(books, { code: '00590', name: 'Bakkerij Voorbeeld B.V.' }, clock.now());
  return invoice(changes);
}

const invoice = (changes: Partial<Parameters<typeof bookInvoice>[1]> = {}): LineRow =>
  bookInvoice(
    fixture.books,
    { customer: '00590', date: plainDate('2026-09-01'), amount: 121_000, vat: 21_000, invoiceNumber: '2026-0001', ...changes },
    fixture.clock.now(),
  );

const read = (xml: string): Promise<string> => fixture.process(`<read>${xml}</read>`);
const readCustomer = (code = ''): Promise<string> => read(`<type>dimensions</type><dimtype>DEB</dimtype>${code && `<code>${code}</code>`}`);
const upsert = (...dimensions: readonly string[]): Promise<string> =>
  fixture.process(`<dimensions>${dimensions.map((inside) => `<dimension><type>DEB</type>${inside}</dimension>`).join('')}</dimensions>`);
const credit = (inside: string): Promise<string> =>
  upsert(`<code>00590</code><name>Bakkerij Voorbeeld B.V.</name><creditmanagement>${inside}</creditmanagement>`);
const messages = (xml: string): string[] => [...xml.matchAll(/ msg="([^"]*)"/g)].map(([, text]) => text ?? '');

describe('customers', () => {
  it('are read one by one with their office, or all at once without; codes keep their zeros', async () => {
    await withInvoice();
    const one = await readCustomer('00590');
    expect(one).toMatch(/^<dimension status="active" result="1"><office name="Korenaar Demo" shortname="">KD01<\/office>/);
    expect(one).toContain('<code>00590</code>');
    const all = await readCustomer();
    expect(all).toMatch(/^<dimensions result="1"><dimension status="active"><type /);
    expect(all).toContain('<code>00590</code>');
    expect(messages(await readCustomer('590'))).toEqual(['Dimensie 590 bestaat niet.']);
    fixture.user.language = 'en';
    expect(messages(await readCustomer('590'))).toEqual(['Dimension 590 does not exist.']);
  });

  it('are listed with a marker behind them', async () => {
    await withInvoice();
    expect(await fixture.process('<list><type>dimensions</type><office>KD01</office><dimtype>DEB</dimtype></list>')).toBe(
      '<dimensions office="KD01" type="DEB" result="1"><dimension name="Bakkerij Voorbeeld B.V." shortname="">00590</dimension><dimension name="" shortname="">DEB</dimension></dimensions>',
    );
  });

  it('are made with a code of the office or the next one, counted and stamped with every write', async () => {
    const { books, clock } = await start({ codeMask: '[4-7][0-9][0-9][0-9]' });
    // One from before the mask.
    addCustomer(books, { code: '00590', name: 'Oud' }, clock.now());
    expect(messages(await upsert('<code>00590</code><name>Nog steeds</name>'))).toEqual([]);
    expect(messages(await upsert('<code>8123</code><name>x</name>'))).toEqual([
      'De code voldoet niet aan het formaat [4-7][0-9][0-9][0-9].',
    ]);
    expect(messages(await upsert('<code/><name>x</name>'))).toHaveLength(1);
    expect(await upsert('<code>4123</code><name>Vier</name>')).toContain('<touched>1</touched><modified>20261014100000</modified>');
    expect(await upsert('<name>Zonder code</name>')).toContain('<code>1001</code>');
    clock.advance(1_000);
    expect(await upsert('<code>4123</code><name>Vier</name>')).toContain('<touched>2</touched><modified>20261014100001</modified>');
    expect(await fixture.process('<dimension status="inactive"><type>DEB</type><code>4123</code><name>Vier</name></dimension>')).toMatch(/^<dimension status="inactive" result="1">/); // prettier-ignore
  });

  it('of a batch are judged one by one; messages stand on the deepest element, several joined', async () => {
    await withInvoice();
    const { books } = fixture;
    const reply = await upsert(
      '<code>00590</code><name>Goed</name>',
      '<code>00590</code><name/>',
      '<code>00590</code><name>x</name><inuse>true</inuse><creditmanagement><sendreminder>misschien</sendreminder></creditmanagement>',
      '<code>00590</code><name>x</name><creditmanagement><comment>' + 'a'.repeat(256) + '</comment></creditmanagement>',
    );
    expect(reply).toMatch(/^<dimensions result="0"><dimension status="active" result="1">/);
    expect(textsOf(reply, 'name').slice(0, 1)).toEqual(['Goed']);
    expect(messages(reply)).toEqual([
      'Naam moet worden ingevuld',
      "Het element 'inuse' mag niet worden aangeleverd",
      'De waarde van sendreminder is ongeldig.',
      'comment mag niet langer zijn dan 255 tekens.',
    ]);
    expect(reply).toContain('<creditmanagement result="0"><sendreminder msgtype="error"');
    expect([books.customer('00590').name, books.customer('00590').touched]).toEqual(['Goed', 2]);
    const wrong = '<dimension><type>CRD</type><code>99</code><name/></dimension>';
    expect(messages(await fixture.process(wrong))).toHaveLength(2);
    const joined = await fixture.process('<dimension><code>99</code></dimension>');
    expect(messages(joined)).toEqual(['Type niet geïmplementeerd.//Naam moet worden ingevuld']);
  });

  it('lose what is left out of a credit block that is sent, or keep it', async () => {
    await withInvoice();
    const { books, clock } = fixture;
    const customer = books.customer('00590');
    const full = { creditLimit: 50_000, comment: 'Belt dinsdag', sendReminder: 'email', reminderEmail: 'a@klant.example' } as const;
    changeCustomer(customer, { credit: full }, clock.now());
    books.switches.omittedCreditFields = 'kept';
    await credit('<comment>Nieuw</comment>');
    expect(customer.credit).toMatchObject({ ...full, comment: 'Nieuw' });
    await upsert('<code>00590</code><name>Zonder blok</name>');
    expect(customer.credit).toMatchObject({ ...full, comment: 'Nieuw' });
    books.switches.omittedCreditFields = 'reset';
    await credit('<comment>Nieuwer</comment>');
    expect(customer.credit).toMatchObject({ creditLimit: null, sendReminder: 'true', reminderEmail: '', comment: 'Nieuwer' });
  });

  it('have a reminder switch, an address for it, a responsible user, a limit and a comment, each checked', async () => {
    await withInvoice();
    const { books } = fixture;
    expect(messages(await credit('<sendreminder>email</sendreminder><reminderemail/>'))).toEqual(['reminderemail moet worden ingevuld']);
    expect(messages(await credit('<responsibleuser>NIEMAND</responsibleuser>'))).toEqual(['Gebruiker NIEMAND bestaat niet.']);
    expect(messages(await credit('<basecreditlimit>12,50</basecreditlimit>'))).toEqual(['De waarde van basecreditlimit is ongeldig.']);
    expect(messages(await credit('<sendreminder>email</sendreminder><reminderemail>a@b.example</reminderemail>'))).toEqual([]);
    books.switches.commentNewlines = 'blanks';
    const text = 'Een &lt;en&gt;\n twee &amp; drie';
    const reply = await credit(`<comment>${text}</comment>`);
    expect(books.customer('00590').credit.comment).toBe('Een <en> twee & drie');
    expect(reply).toContain('<comment>Een &lt;en&gt; twee &amp; drie</comment>');
    books.switches.commentNewlines = 'kept';
    expect(await credit(`<comment>${text}</comment>`)).toContain('<comment>Een &lt;en&gt;\n twee &amp; drie</comment>');
    books.switches.commentLengthMax = 10;
    expect(messages(await credit('<comment>elf tekens.</comment>'))).toEqual(['comment mag niet langer zijn dan 10 tekens.']);
  });

  it('come back with their credit block doubled when they are new; the last one counts', async () => {
    await start();
    const reply = await upsert('<code>7</code><name>Nieuw</name><creditmanagement><comment>Hallo</comment></creditmanagement>');
    expect(textsOf(reply, 'comment')).toEqual(['', 'Hallo']);
    expect(textsOf(await readCustomer('7'), 'comment')).toEqual(['Hallo']);
    const both = '<creditmanagement><comment>een</comment><comment>twee</comment></creditmanagement>';
    await upsert(`<code>7</code><name>Nieuw</name>${both}`);
    expect(fixture.books.customer('7').credit.comment).toBe('twee');
  });

  it('keep addresses and bank accounts that are not sent', async () => {
    await start();
    const address = '<addresses><address type="invoice" default="true"><name>N</name><email>a@b.example</email></address></addresses>';
    const bank = '<banks><bank default="true"><ascription>N</ascription><iban>NL13TEST0123456789</iban></bank></banks>';
    await upsert(`<code>7</code><name>Nieuw</name>${address}${bank}`);
    await upsert('<code>7</code><name>Nieuw</name><addresses><address id="1" type="invoice"><city>Ede</city></address></addresses>');
    expect(fixture.books.customer('7')).toMatchObject({
      addresses: [{ id: 1, city: 'Ede', email: 'a@b.example' }],
      banks: [{ id: 1, iban: 'NL13TEST0123456789' }],
    });
    const long = `<banks><bank><ascription>${'x'.repeat(41)}</ascription></bank></banks>`;
    expect(messages(await upsert(`<code>7</code><name>Nieuw</name>${long}`))).toEqual(['Begunstigde is ongeldig.']);
  });
});

const column = (field: string, rest = ''): string => `<column><field>fin.trs.${field}</field>${rest}</column>`;
const where = (field: string, operator: string, from: string, to = ''): string =>
  column(field, `<visible>true</visible><ask>true</ask><operator>${operator}</operator><from>${from}</from><to>${to}</to>`);
const browse = (code: string, columns: readonly string[], attributes = ''): Promise<string> =>
  fixture.process(`<columns code="${code}"${attributes}>${columns.join('')}</columns>`);
/** The cells of each row of an answer. */
const rows = (xml: string): string[][] => [...xml.matchAll(/<tr>(.*?)<key>/gs)].map(([, row]) => textsOf(row ?? '', 'td'));

describe('browse', () => {
  it('has the definitions the office has, with the columns it has', async () => {
    await start();
    const { switches } = fixture.books;
    const definition = (code: string) => read(`<type>browse</type><office>KD01</office><code>${code}</code>`);
    const fields = async (code: string) => textsOf(await definition(code), 'field').map((field) => field.replace('fin.trs.', ''));
    expect(await fields('130_3')).toContain('line.openvaluesigned');
    expect(await fields('130_1')).not.toContain('line.openvaluesigned');
    expect(await fields('164')).toContain('line.actioncode');
    const status = '<field>fin.trs.head.status</field><label>Status</label><visible>true</visible><ask>true</ask><operator>equal</operator><from>normal</from><to/><finderparam/>'; // prettier-ignore
    expect(await definition('100')).toContain(status);
    expect(await definition('100')).toContain(
      '<field>fin.trs.line.openvaluesigned</field><label>Openstaand</label><visible>false</visible>',
    );
    switches.browseCodes.delete('130_3');
    switches.missingFields.add('fin.trs.line.payrun');
    expect(await definition('130_3')).toContain('<code msgtype="error" msg="Overzicht 130_3 bestaat niet." result="0">130_3</code>');
    expect(await fields('130_1')).not.toContain('line.payrun');
    expect(messages(await browse('130_3', [column('line.dim2')]))).toEqual(['Overzicht 130_3 bestaat niet.']);
    expect(messages(await browse('130_1', [column('line.payrun')]))).toEqual(['Veld bestaat niet']);
  });

  it('filters on what the definition asks for, and fails on anything else', async () => {
    await withInvoice();
    const other = invoice({ invoiceNumber: '2026-0002' });
    payInvoice(fixture.books, other, { amount: 121_000, date: TODAY }, fixture.clock.now());
    const numbers = async (...conditions: string[]) =>
      rows(await browse('130_1', [column('line.invnumber'), ...conditions])).map(([number]) => number);
    expect(await numbers()).toEqual(['2026-0001', '2026-0002', '2026-0002']);
    expect(await numbers(where('line.matchstatus', 'equal', 'available'))).toEqual(['2026-0001']);
    expect(await numbers(where('head.code', 'like', 'B*'))).toEqual(['2026-0002']);
    expect(await numbers(where('head.yearperiod', 'between', '2026/10', '2026/12'))).toEqual(['2026-0002']);
    expect(await numbers(where('line.dim2', 'between', '00591', ''))).toEqual([]);
    expect(await numbers(where('line.dim2', 'between', '', '00589'))).toEqual([]);
    expect(await numbers(where('line.dim2', 'between', '', ''))).toHaveLength(3);
    const fails = async (condition: string) =>
      faultOf(await fixture.call(`<columns code="130_1">${column('line.invnumber')}${condition}</columns>`));
    expect(await fails(where('head.date', 'between', '20260901', '20260930'))).toBe('100');
    expect(await fails(where('line.matchstatus', 'notequal', 'matched'))).toBe('100');
    expect(await fails(column('line.openvalue'))).toBe('100');
    expect(await fails(where('line.matchstatus', 'equal', 'available').replace('<ask>true', '<ask>false'))).toBe('100');
  });

  it('shows drafts unless told otherwise; normal is provisional and final', async () => {
    await withInvoice({ location: 'draft', invoiceNumber: 'draft' });
    invoice({ location: 'temporary', invoiceNumber: 'provisional' });
    invoice({ invoiceNumber: 'final' });
    const of = async (...conditions: string[]) =>
      rows(await browse('130_1', [column('line.invnumber'), ...conditions])).map(([number]) => number);
    expect(await of()).toEqual(['draft', 'provisional', 'final']);
    expect(await of(where('head.status', 'equal', 'normal'))).toEqual(['provisional', 'final']);
    expect(await of(where('head.status', 'equal', 'temporary'))).toEqual(['provisional']);
    expect(await browse('130_1', [where('head.status', 'equal', 'temporary')])).toContain(' name="Concept">temporary</td>');
  });

  it('leaves out columns that are hidden unless they are asked to be shown', async () => {
    await withInvoice();
    expect(rows(await browse('100', [column('line.dim2'), column('line.valuesigned')]))).toEqual([['00590']]);
    expect(rows(await browse('100', [column('line.dim2'), column('line.valuesigned', '<visible>true</visible>')]))).toEqual([
      ['00590', '1210.00'],
    ]);
    expect(rows(await browse('100', [column('line.dim2', '<visible>false</visible>')]))).toEqual([[]]);
  });

  it('has no attributes on cells with optimize, labels in the language of the user, and nothing but a head when empty', async () => {
    await withInvoice();
    fixture.user.language = 'en';
    const columns = [column('line.matchstatus'), column('line.datedue')];
    expect(await browse('130_1', columns, ' optimize="true"')).toContain('<tr><td name="Available">available</td><td name="01/10/2026">20261001</td><key>'); // prettier-ignore
    fixture.books.transactions.clear();
    expect(await browse('130_1', [column('line.dim2')])).toBe(
      '<browse result="1" first="0" last="0" total="0"><th><td label="Debiteur" hideforuser="false" type="String">fin.trs.line.dim2</td></th></browse>',
    );
  });

  it('sorts by up to three fields', async () => {
    await withInvoice({ invoiceNumber: 'b', amount: 90_000 });
    invoice({ invoiceNumber: 'a', amount: 500_000 });
    invoice({ invoiceNumber: 'c', amount: 90_000 });
    const sort = (fields: string): string => `<sort>${fields}</sort>`;
    const by = (order: string, field: string): string => `<field order="${order}">fin.trs.${field}</field>`;
    const sorted = async (fields: string) =>
      rows(await browse('130_1', [sort(fields), column('line.invnumber')])).map(([number]) => number);
    expect(await sorted(by('ascending', 'line.invnumber'))).toEqual(['a', 'b', 'c']);
    // 5000.00 is more than 900.00, though not as a text.
    expect(await sorted(by('descending', 'line.valuesigned') + by('descending', 'line.invnumber'))).toEqual(['a', 'c', 'b']);
    const four = sort(by('ascending', 'line.invnumber').repeat(4));
    expect(faultOf(await fixture.call(`<columns code="130_1">${four}${column('line.dim2')}</columns>`))).toBe('100');
  });

  it('tells the parts of a settlement: numbers as a list, the newest date, what is open in both currencies', async () => {
    const line = await withInvoice({ currency: 'USD', rateMicro: 900_000 });
    const { books, clock } = fixture;
    payInvoice(books, line, { amount: 20_000, date: plainDate('2026-10-01') }, clock.now());
    payInvoice(books, line, { amount: 1_000, date: plainDate('2026-10-05') }, clock.now());
    const fields = ['head.curcode', 'line.valuesigned', 'line.openvaluesigned', 'line.basevaluesigned', 'line.openbasevaluesigned', 'line.matchstatus', 'line.matchnumber', 'line.matchdate']; // prettier-ignore
    const found = rows(await browse('130_3', fields.map((field) => column(field)))); // prettier-ignore
    // 1210.00 dollars at 0.90 are 1089.00 euros; of 1000.00 dollars that are left 900.00.
    expect(found[0]).toEqual(['USD', '1210.00', '1000.00', '1089.00', '900.00', 'available', '1, 2', '20261005']);
    expect(found[1]).toEqual(['USD', '-200.00', '0.00', '-180.00', '0.00', 'matched', '1', '20261001']);
  });

  it('has rows of 100 by when they were changed, and of 164 for each action', async () => {
    const line = await withInvoice();
    const { books, clock } = fixture;
    clock.advance(60_000);
    const later = invoice({ invoiceNumber: 'later' });
    const since = where('line.modified', 'between', '20261014100001', '20991231235959');
    expect(rows(await browse('100', [column('line.invnumber'), since])).map(([number]) => number)).toEqual(['later']);
    payInvoice(books, line, { amount: 121_000, date: TODAY }, clock.now());
    const changed = async () => rows(await browse('100', [column('line.invnumber'), since])).length;
    // The receipt is new; settling does not stamp the invoice unless the office is of that kind.
    expect(await changed()).toBe(2);
    books.switches.matchMovesModified = true;
    undoMatch(books, books.setsOf('00590')[0] as never, clock.now());
    expect(await changed()).toBe(3);
    const dispute = { code: 'BETW', name: 'Betwist', date: TODAY, value: 5_000, description: 'Stuk', userCode: 'API' };
    addAction(later, dispute, clock.now());
    const fields = ['line.invnumber', 'line.actioncode', 'line.actiondate', 'line.actionvalue', 'line.actionuser', 'line.actionusername'];
    expect(rows(await browse('164', fields.map((field) => column(field))))).toEqual([['later', 'BETW', '20261014', '50.00', 'API', 'Koppeling']]); // prettier-ignore
  });

  it('shows selected invoices as proposed, with their run', async () => {
    const line = await withInvoice();
    selectForRun([line], 12, fixture.clock.now());
    const fields = [column('line.matchstatus'), column('line.payrun')];
    expect(rows(await browse('130_1', fields))).toEqual([['proposed', '12']]);
    expect(rows(await browse('130_1', [...fields, where('line.matchstatus', 'equal', 'available')]))).toEqual([]);
  });
});

describe('bad rows', () => {
  it('are invoices without a number, with one used before, and receipts of nothing', async () => {
    await withInvoice({ invoiceNumber: '', date: plainDate('2025-12-30') });
    invoice({ invoiceNumber: '17', date: plainDate('2025-12-31') });
    invoice({ invoiceNumber: '17' });
    receive(fixture.books, { customer: '00590', amount: 4_000, date: TODAY }, fixture.clock.now());
    const xml = await browse('130_1', [column('line.invnumber'), column('line.valuesigned')]);
    expect(rows(xml)).toEqual([['', '1210.00'], ['17', '1210.00'], ['17', '1210.00'], ['', '-40.00']]); // prettier-ignore
    const keys = [...xml.matchAll(/<key><office>KD01<\/office><code>(\w+)<\/code><number>(\d+)<\/number><line>(\d)/g)];
    // Numbers start anew each year.
    expect(keys.map(([, code, number, line]) => `${code} ${number} ${line}`)).toEqual(['VRK 202500001 1', 'VRK 202500002 1', 'VRK 202600001 1', 'BNK 202600001 2']); // prettier-ignore
  });
});

describe('transactions', () => {
  const header = '<header><office>KD01</office><code>BNK</code><date>20261014</date><currency>EUR</currency><startvalue>0.00</startvalue><closevalue>815.00</closevalue></header>'; // prettier-ignore
  const total = '<line type="total" id="1"><dim1>1100</dim1><debitcredit>debit</debitcredit><value>815.00</value></line>';
  const detail =
    '<line type="detail" id="2"><dim1>1300</dim1><dim2>00590</dim2><debitcredit>credit</debitcredit><value>815.00</value></line>';
  const transaction = (lines = total + detail, attributes = 'destiny="final"', head = header): string =>
    `<transaction ${attributes}>${head}<lines>${lines}</lines></transaction>`;
  const book = (xml: string): Promise<string> => fixture.process(`<transactions>${xml}</transactions>`);

  it('are numbered by daybook and year, each of a batch by itself', async () => {
    await withInvoice();
    const reply = await book(transaction() + transaction(total) + transaction());
    expect(reply).toMatch(/^<transactions result="0"><transaction location="final" result="1">/);
    expect(textsOf(reply, 'number')).toEqual(['202600001', '202600002']);
    expect(messages(reply)).toEqual(['De boeking is niet in balans. Er ontbreekt 815.00 credit.']);
    expect(await fixture.process(transaction())).toContain('<number>202600003</number>');
  });

  it('are refused for what is wrong with them', async () => {
    await withInvoice();
    const wrong = async (...args: Parameters<typeof transaction>) => messages(await book(transaction(...args)));
    expect(await wrong(detail + total)).toEqual(['De volgorde van de regels is ongeldig.']);
    expect(await wrong(undefined, 'status="final"')).toEqual(['Incorrecte XML - de bestemming is ongeldig.']);
    expect(await wrong(total.replace('1100', '1999') + detail)).toEqual(['Dimensie 1999 komt niet voor in administratie KD01.']);
    expect(await wrong(undefined, undefined, header.replace('BNK', 'ABN'))).toEqual(['Dagboek ABN bestaat niet.']);
    expect(await wrong(undefined, undefined, header.replace('815.00<', '814.00<'))).toEqual(['De waarde van closevalue is ongeldig.']);
    const long = detail.replace('</value>', `</value><description>${'x'.repeat(41)}</description>`);
    expect(await wrong(total + long)).toEqual(['description mag niet langer zijn dan 40 tekens.']);
    const period = header.replace('<date>', '<period>2026/09</period><date>');
    expect(await wrong(undefined, undefined, period)).toEqual(['Datum 14-10-2026 valt buiten de opgegeven periode (2026/09).']);
    expect(await book(transaction(undefined, undefined, period))).toContain('msgtype="warning"');
    expect(fixture.books.transactions.size).toBe(1);
    expect(await wrong(undefined, 'destiny="final" raisewarning="false"', period)).toEqual([]);
  });

  it('that are provisional can be replaced and deleted, final ones not, settled ones never', async () => {
    await withInvoice();
    const { books } = fixture;
    const numbered = header.replace('<date>', '<number>202600001</number><date>');
    await book(transaction(undefined, 'destiny="temporary"'));
    expect(messages(await book(transaction(undefined, 'destiny="final"', numbered)))).toEqual([]);
    expect(messages(await book(transaction(undefined, 'destiny="final"', numbered)))).toEqual([
      'Boeking BNK 202600001 kan niet worden gewijzigd.',
    ]);
    const remove = (reason = 'dubbel') =>
      book(`<transaction action="delete" reason="${reason}"><office>KD01</office><code>BNK</code><number>202600001</number></transaction>`);
    expect(messages(await remove())).toEqual(['Boeking BNK 202600001 kan niet worden gewijzigd.']);
    books.switches.deletesFinal = true;
    expect(messages(await remove(''))).toEqual(['reason moet worden ingevuld']);
    expect(messages(await remove())).toEqual([]);
    expect(messages(await remove())).toEqual(['Boeking BNK 202600001 bestaat niet.']);
    expect(books.deletions).toMatchObject([{ daybook: 'BNK', number: '202600001', deletedOn: TODAY, reason: 'dubbel', userCode: 'API' }]);
  });

  it('spell what is open in one of two ways, and not at all when nothing is', async () => {
    const line = await withInvoice();
    const whole = () => read('<type>transaction</type><office>KD01</office><code>VRK</code><number>202600001</number>');
    expect(await whole()).toContain('<openvalue>1210.00</openvalue><openbasevalue>1210.00</openbasevalue>');
    fixture.books.switches.spelling = 'valueopen';
    expect(await whole()).toContain('<valueopen>1210.00</valueopen><basevalueopen>1210.00</basevalueopen>');
    payInvoice(fixture.books, line, { amount: 121_000, date: TODAY }, fixture.clock.now());
    expect(await whole()).toContain('<matchstatus>matched</matchstatus><matchlevel>2</matchlevel><relation>2</relation><matchdate>');
    const gone = await read('<type>transaction</type><office>KD01</office><code>VRK</code><number>202600099</number>');
    expect(gone).toBe('<transaction msgtype="error" msg="Boeking VRK 202600099 bestaat niet." result="0"/>');
  });
});

describe('matching', () => {
  const line = ({ transaction, id }: LineRow, rest = ''): string =>
    `<line><transcode>${transaction.code}</transcode><transnumber>${transaction.number}</transnumber><transline>${id}</transline>${rest}</line>`;
  const match = (...sets: readonly string[]): Promise<string> =>
    fixture.process(
      `<match>${sets.map((lines) => `<set><office>KD01</office><matchcode>170</matchcode><matchdate>20261014</matchdate><lines>${lines}</lines></set>`).join('')}</match>`,
    );
  const value = (amount: string): string => `<matchvalue>${amount}</matchvalue>`;
  const undo = (matchNumber: number, customer = '00590') =>
    fixture.soap(
      '/webservices/matching.asmx',
      'UndoMatch',
      `<UndoMatch xmlns="http://www.twinfield.com/"><office>KD01</office><dimensionType>DEB</dimensionType><dimension>${customer}</dimension><matchNumber>${matchNumber}</matchNumber></UndoMatch>`,
    );
  const paid = (amount: number): LineRow => receive(fixture.books, { customer: '00590', amount, date: TODAY }, fixture.clock.now());

  it('settles all or a part; a part-paid invoice stays available', async () => {
    const open = await withInvoice();
    const receipt = paid(50_000);
    const reply = await match(line(open, value('500.00')) + line(receipt));
    expect(reply).toMatch(/^<match result="1"><set result="1">/);
    expect([open.open, receipt.open]).toEqual([71_000, 0]);
    const { books, clock } = fixture;
    addCustomer(books, { code: '2', name: 'Ander' }, clock.now());
    const others = bookInvoice(books, { customer: '2', date: TODAY, amount: 100 }, clock.now());
    payInvoice(books, others, { amount: 100, date: TODAY }, clock.now());
    // Numbers count for each customer by itself.
    expect(books.setsOf('2').map(({ number }) => number)).toEqual([1]);
    expect(openItemsOf(fixture.books)).toMatchObject([{ number: '202600001', open: 71_000, status: 'available', matchNumbers: [1] }]);
  });

  it('refuses what is not there, not available, not of one customer, too much, or does not come to nothing', async () => {
    const open = await withInvoice();
    const { books, clock } = fixture;
    const receipt = paid(50_000);
    addCustomer(books, { code: '2', name: 'Ander' }, clock.now());
    const others = bookInvoice(books, { customer: '2', date: TODAY, amount: 50_000 }, clock.now());
    const proposed = invoice({ amount: 50_000 });
    selectForRun([proposed], 1, clock.now());
    const wrong = async (lines: string) => messages(await match(lines));
    expect(await wrong(line(open) + line(receipt))).toEqual(['De set is niet in balans. Verschil: 710.00.']);
    expect(await wrong(line(proposed) + line(receipt))).toEqual([
      `Boeking VRK ${proposed.transaction.number} regel 1 is niet beschikbaar voor afletteren.`,
    ]);
    expect(await wrong(line(others) + line(receipt))).toEqual(['De waarde van dim2 is ongeldig.']);
    expect(await wrong(line(open, value('-500.00')) + line(receipt))).toEqual(['De waarde van matchvalue is ongeldig.']);
    expect(await wrong(line(open, value('1210.01')) + line(receipt))).toEqual(['De waarde van matchvalue is ongeldig.']);
    expect(await wrong(line(receipt) + line(receipt))).toHaveLength(1);
    expect(books.events).toEqual([]);
  });

  it('writes off what is short, in the technical daybook, and brings it all back when undone', async () => {
    const open = await withInvoice();
    const receipt = paid(120_500);
    const { books } = fixture;
    expect(messages(await match(line(open, '<writeoff type="rounding">5.00</writeoff>') + line(receipt)))).toHaveLength(1);
    expect(await match(line(open, '<writeoff type="writeoff">5.00</writeoff>') + line(receipt))).toContain('<value>0.00</value>');
    const all = await browse('130_3', [column('head.code'), column('line.valuesigned'), column('line.openvaluesigned')]);
    expect(rows(all)).toEqual([['VRK', '1210.00', '0.00'], ['BNK', '-1205.00', '0.00'], ['AFLETTEREN', '-5.00', '0.00']]); // prettier-ignore
    expect((await undo(1)).text).toContain('<UndoMatchResult></UndoMatchResult>');
    expect([open.open, receipt.open, books.transaction('AFLETTEREN', '1')]).toEqual([121_000, -120_500, undefined]);
    expect((await undo(1)).text).toContain('<Code>MatchNotFound</Code>');
    expect((await undo(1, '999')).text).toContain('<Code>DimensionNotFoundByType</Code>');
  });

  it('takes differences of exchange along', async () => {
    const open = await withInvoice({ currency: 'USD', rateMicro: 900_000 });
    // 1210.00 dollars: 1089.00 euros at the invoice's rate, 1101.10 at the payment's.
    payInvoice(fixture.books, open, { amount: 121_000, date: TODAY, rateMicro: 910_000 }, fixture.clock.now());
    const all = await browse('130_3', ['head.code', 'head.curcode', 'line.valuesigned', 'line.basevaluesigned', 'line.openbasevaluesigned'].map((field) => column(field))); // prettier-ignore
    expect(rows(all)).toEqual([
      ['VRK', 'USD', '1210.00', '1089.00', '0.00'],
      ['BNK', 'USD', '-1210.00', '-1101.10', '0.00'],
      ['AFLETTEREN', 'USD', '0.00', '12.10', '0.00'],
    ]);
  });

  it('is told by the audit trail, from a number on, to who may see it', async () => {
    const open = await withInvoice();
    const { books, clock, organisation, cluster, grant, sandbox, app, user } = fixture;
    payInvoice(books, open, { amount: 20_000, date: TODAY }, clock.now());
    clock.advance(1_000);
    undoMatch(books, books.setsOf('00590')[0] as never, clock.now());
    const path = `${cluster}/Api/organisations/${organisation.id}/companies/${books.id}/bookkeeping/audittrails/matching`;
    const trail = (query: string, token = grant.access?.value) => ask(`${path}${query}`, { headers: { authorization: `Bearer ${token}` } });
    type Trail = { events: { sequence: number; eventType: string }[]; nextSequenceNumber: number };
    const first = JSON.parse((await trail('?fromSequence=0&limit=1')).text) as Trail;
    expect(first.events).toMatchObject([
      {
        eventType: 'Match',
        companyId: books.id,
        dimensionCode: '00590',
        matchNumber: 1,
        matchDate: { year: 2026, month: 10, day: 14 },
        transactionLines: [
          { transactionTypeCode: 'VRK', transactionNumber: '202600001', transactionLineId: 1, matchedAmount: 200 },
          { transactionTypeCode: 'BNK', transactionNumber: '202600001', transactionLineId: 2, matchedAmount: -200 },
        ],
      },
    ]);
    const second = JSON.parse((await trail(`?fromSequence=${first.nextSequenceNumber}&limit=200`)).text) as Trail;
    expect(second.events.map(({ eventType }) => eventType)).toEqual(['UndoMatch']);
    const none = JSON.parse((await trail(`?fromSequence=${second.nextSequenceNumber}`)).text) as Trail;
    expect(none).toEqual({ events: [], nextSequenceNumber: second.nextSequenceNumber });
    expect((await trail('?limit=201')).status).toBe(400);
    expect((await trail('', 'nonsense')).status).toBe(401);
    const poor = sandbox.oidc.grant(app, user, ['openid', 'twf.organisation', 'twf.organisationUser']);
    expect((await trail('', poor.access?.value)).status).toBe(403);
    user.readsAuditTrail = false;
    expect((await trail('')).status).toBe(403);
  });
});

describe('deleted transactions', () => {
  const NAMESPACE = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.';
  const deleted = (inside: string, office = 'KD01') => {
    const header = `<t:Authentication xmlns:t="http://www.twinfield.com/" xmlns:s="${NAMESPACE}Shared"><s:AccessToken>${fixture.grant.access?.value}</s:AccessToken><s:CompanyCode>${office}</s:CompanyCode></t:Authentication>`;
    const query = `<Query i:type="a:GetDeletedTransactions" xmlns="http://www.twinfield.com/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:a="${NAMESPACE}DeletedTransactionsService">${inside}</Query>`;
    return fixture.soap('/webservices/DeletedTransactionsService.svc', 'DeletedTransactionsService/Query', query, { header });
  };

  it('are told by their day and daybook; a deleted invoice is in no overview', async () => {
    const line = await withInvoice();
    const { books, clock } = fixture;
    deleteTransaction(books, line.transaction, { at: clock.now() });
    expect(rows(await browse('130_1', [column('line.dim2')]))).toEqual([]);
    const numbers = async (inside: string) => textsOf((await deleted(inside)).text, 'a:TransactionNumber');
    const company = '<a:CompanyCode>KD01</a:CompanyCode>';
    expect(await numbers(company)).toEqual(['202600001']);
    expect(await numbers(`${company}<a:DateFrom>2026-10-14T00:00:00</a:DateFrom><a:DateTo>2026-10-14T00:00:00</a:DateTo>`)).toEqual(['202600001']); // prettier-ignore
    expect(await numbers(`${company}<a:DateFrom>2026-10-15T00:00:00</a:DateFrom>`)).toEqual([]);
    expect(await numbers(`${company}<a:DateTo>2026-10-13T00:00:00</a:DateTo>`)).toEqual([]);
    expect(await numbers(`${company}<a:Daybook>BNK</a:Daybook>`)).toEqual([]);
    expect(faultOf(await deleted('<a:CompanyCode>XX</a:CompanyCode>'))).toBe('102');
    expect(faultOf(await deleted(`${company}<a:DateFrom>yesterday</a:DateFrom>`))).toBe('100');
    expect((await deleted(company)).text).toContain('<a:DeletionDate>2026-10-14T00:00:00</a:DeletionDate><a:ReasonForDeletion>Foutief geboekt</a:ReasonForDeletion>'); // prettier-ignore
  });
});

describe('electronic statements', () => {
  const statement = (rest = '', attributes = ''): string =>
    `<statements><statement target="electronicstatements"${attributes}><code>BNK</code><date>20261014</date>${rest}<office>KD01</office><transactions><transaction><debitcredit>credit</debitcredit><value>10.00</value></transaction><transaction><debitcredit>debit</debitcredit><value>4.00</value></transaction></transactions></statement></statements>`;

  it('work out what is missing, and are refused when they were there before', async () => {
    const { books } = await start();
    expect(messages(await fixture.process(statement('<startvalue>100.00</startvalue>')))).toEqual([]);
    expect(messages(await fixture.process(statement()))).toEqual([]);
    expect(books.statements.map(({ number, opening, closing }) => [number, opening, closing])).toEqual([[1, 10_000, 10_600], [2, 10_600, 11_200]]); // prettier-ignore
    const again = await fixture.process(statement('<statementnumber>2</statementnumber>'));
    expect(again).toContain('status="fail"');
    expect(messages(again)).toEqual(['Duplicate found: The statement conflicts with statement BNK 2 (1) in company KD01.']);
    expect(messages(await fixture.process(statement('<statementnumber>2</statementnumber>', ' importduplicate="1"')))).toEqual([]);
    expect(messages(await fixture.process(statement('<startvalue>1.00</startvalue><closevalue>2.00</closevalue>')))).toHaveLength(1);
  });
});

describe('the finder', () => {
  const search = async (type: string, options: Readonly<Record<string, string>> = {}, rest = '', office: string | null = null) => {
    const pairs = Object.entries(options).map(
      ([name, value]) => `<ArrayOfString><string>${name}</string><string>${value}</string></ArrayOfString>`,
    );
    const rows = rest || '<firstRow>1</firstRow><maxRows>25</maxRows>';
    const body = `<Search xmlns="http://www.twinfield.com/"><type>${type}</type><pattern>*</pattern><field>0</field>${rows}<options>${pairs.join('')}</options></Search>`;
    return (await fixture.soap('/webservices/finder.asmx', 'Search', body, { office })).text;
  };
  const items = (xml: string): string[] => textsOf(xml.slice(xml.indexOf('<Items>')), 'string');

  it('finds customers in pages, offices with their GUIDs, users, daybooks, unpaid invoices', async () => {
    const line = await withInvoice();
    const { books, clock } = fixture;
    for (let nth = 0; nth < 30; nth++) addCustomer(books, { name: `Klant ${nth}` }, clock.now());
    const dim = { dimtype: 'DEB', office: 'KD01' };
    expect(await search('DIM', dim)).toContain('<TotalRows>31</TotalRows>');
    expect(items(await search('DIM', dim))).toHaveLength(50);
    expect(items(await search('DIM', dim, '<firstRow>26</firstRow><maxRows>25</maxRows>'))).toHaveLength(12);
    expect(items(await search('OFF', { includeid: '1' }))).toEqual(['KD01', 'Korenaar Demo', books.id]);
    expect(items(await search('USR'))).toEqual(['API', 'Koppeling']);
    expect(items(await search('TRS', { office: 'KD01' }))).toContain('VRK');
    payShort(books, line, { amount: 120_000, date: TODAY }, clock.now());
    creditInvoice(books, invoice({ invoiceNumber: '2026-0002' }), { settle: false }, clock.now());
    expect(items(await search('IVT', { office: 'KD01' }))).toEqual([
      '2026-0002', '1210.00', '00590', 'Bakkerij Voorbeeld B.V.', 'D',
      'C2026-0002', '1210.00', '00590', 'Bakkerij Voorbeeld B.V.', 'C',
    ]); // prettier-ignore
  });

  it('has no faults for bad input but messages', async () => {
    await start();
    const code = async (...args: Parameters<typeof search>) => textsOf(await search(...args), 'Code')[0];
    expect(await code('NON')).toBe('InvalidFinderType');
    expect(await code('DIM', { dimtype: 'DEB' })).toBe('OptionMandatory');
    expect(await code('DIM', { dimtype: 'DEB' }, '', 'KD01')).toBe('OptionMandatory');
    expect(await code('DIM', { office: 'XX', dimtype: 'DEB' })).toBe('NoAccessToOffice');
    expect(await code('DIM', { office: 'KD01', dimtype: 'DEB', colour: 'red' })).toBe('OptionNotAllowed');
    expect(await code('DIM', { office: 'KD01', dimtype: 'DEB', modifiedsince: 'now' })).toBe('InvalidDateTimeOptionValue');
    expect(await code('OFF', {}, '<firstRow>0</firstRow><maxRows>25</maxRows>')).toBe('ParameterOutOfRange');
    expect(await code('OFF', {}, '<firstRow>1</firstRow><maxRows>26</maxRows>')).toBe('ParameterOutOfRange');
  });
});

it('a set needs lines that come to nothing, of one customer', async () => {
  const open = await withInvoice();
  expect(() => matchLines(fixture.books, { date: TODAY, lines: [{ line: open }] }, fixture.clock.now())).toThrow('leaves');
  expect(() => matchLines(fixture.books, { date: TODAY, lines: [] }, fixture.clock.now())).toThrow('customer');
});
