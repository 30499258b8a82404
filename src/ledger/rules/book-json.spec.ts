import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../kernel/errors.js';
import { fromEpochDay } from '../../kernel/plain-date.js';
import { CAPACITIES, CHANNELS, CONTACT_KINDS, HOLD_KINDS, type Book } from './book.js';
import { BookAssembler, bookToJson, parseBook } from './book-json.js';

const day = fc.integer({ min: 18_000, max: 22_000 }).map(fromEpochDay);
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null });
const text = fc.string({ minLength: 1, maxLength: 12 });
const cents = fc.integer({ min: 1, max: 10_000_000 });

/** Any book: ids that are unique, references that exist, amounts in several currencies. */
const anyBook: fc.Arbitrary<Book> = fc
  .record({ debtors: fc.integer({ min: 1, max: 4 }), invoices: fc.integer({ min: 0, max: 8 }) })
  .chain((count) => {
    const debtorIds = Array.from({ length: count.debtors }, (_, at) => `d${at}`);
    const invoiceIds = Array.from({ length: count.invoices }, (_, at) => `i${at}`);
    const debtorId = fc.constantFrom(...debtorIds);
    const someInvoices = fc.subarray(invoiceIds);
    const listOf = <T extends object>(prefix: string, fields: fc.Arbitrary<T>): fc.Arbitrary<(T & { id: string })[]> =>
      fc.array(fields, { maxLength: 3 }).map((items) => items.map((item, at) => ({ id: `${prefix}${at}`, ...item })));
    return fc.record({
      asOf: day,
      administration: fc.record({
        id: text, name: text, country: fc.constantFrom('NL', 'BE'), currency: fc.constant('EUR'), ibans: fc.constant(['NL91ABNA0417164300']), vatDeductible: fc.boolean(),
        registry: maybe(fc.record({ scheme: text, id: text })),
      }),
      debtors: fc.tuple(...debtorIds.map((id) => fc.record({
        id: fc.constant(id), number: maybe(text), name: text, capacity: fc.constantFrom(...CAPACITIES), country: fc.constantFrom('NL', 'DE'), language: maybe(text),
        email: maybe(text), phone: maybe(text), ibans: fc.subarray(['NL18RABO0123459876', 'DE89370400440532013000']), vatId: maybe(text), registryId: maybe(text),
        creditLimit: maybe(cents), paymentTermDays: maybe(fc.nat(90)), largeCompany: fc.boolean(), customerSince: maybe(day), segment: maybe(text),
        holds: fc.array(fc.record({ kind: fc.constantFrom(...HOLD_KINDS), from: day, until: maybe(day) }), { maxLength: 2 }),
        lettersReturn: fc.constant(true as const),
      }, { requiredKeys: ['id', 'number', 'name', 'capacity', 'country', 'language', 'email', 'phone', 'ibans', 'vatId', 'registryId', 'creditLimit', 'paymentTermDays', 'largeCompany', 'customerSince', 'segment', 'holds'] }))),
      invoices: fc.tuple(...invoiceIds.map((id) => fc.record({
        id: fc.constant(id), number: text, debtorId, credit: fc.boolean(), issueDate: day, dueDate: day, amount: cents, currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
        paymentReference: maybe(fc.constantFrom('RF8820260042', '002026004240')), description: maybe(text),
        dispute: maybe(fc.record({ code: text, since: day, amount: maybe(cents), resolved: maybe(day) })), collecting: fc.boolean(), handedOverOn: maybe(day),
        packageDispute: fc.record({ text, on: maybe(day) }), pausedInPackage: fc.constant(true as const),
        holds: fc.array(fc.record({ kind: fc.constantFrom(...HOLD_KINDS), from: day, until: maybe(day) }), { minLength: 1, maxLength: 2 }),
        formerDebtors: fc.array(text, { minLength: 1, maxLength: 2 }),
      }, { requiredKeys: [
        'id', 'number', 'debtorId', 'credit', 'issueDate', 'dueDate', 'amount', 'currency', 'paymentReference', 'description', 'dispute', 'collecting', 'handedOverOn',
      ] }).map(({ credit, ...invoice }) => ({
        ...invoice, kind: credit ? ('credit-note' as const) : ('invoice' as const), amount: credit ? -invoice.amount : invoice.amount, open: credit ? 0 : invoice.amount,
      })))),
      payments: listOf('p', fc.oneof(
        fc.record({ debtorId, date: day, amount: cents, invoiceId: invoiceIds.length === 0 ? fc.constant(null) : maybe(fc.constantFrom(...invoiceIds)) }),
        ...(invoiceIds.length === 0 ? [] : [fc.record({
          debtorId, date: day, amount: cents, invoiceId: fc.constant(null),
          proposedFor: fc.array(fc.record({ invoiceId: fc.constantFrom(...invoiceIds), amount: cents }), { minLength: 1, maxLength: 3 }),
        })]),
      )),
      promises: listOf('b', fc.record({ debtorId, invoiceIds: someInvoices, madeOn: day, dueDate: day, amount: cents })),
      arrangements: listOf('a', fc.record({ debtorId, invoiceIds: someInvoices, instalments: fc.array(fc.record({ dueDate: day, amount: cents }), { maxLength: 3 }) })),
      contacts: listOf('c', fc.record({
        debtorId, invoiceIds: someInvoices, step: text, kind: fc.constantFrom(...CONTACT_KINDS), channel: fc.constantFrom(...CHANNELS), sentOn: day, receivedOn: maybe(day),
        announcedCosts: cents,
        ...(invoiceIds.length > 0 && { asked: fc.array(fc.record({ invoiceId: fc.constantFrom(...invoiceIds), amount: cents }), { minLength: 1, maxLength: 2 }) }),
      }, { requiredKeys: ['debtorId', 'invoiceIds', 'step', 'kind', 'channel', 'sentOn', 'receivedOn'] })),
      freshness: fc.record({ pulledAt: maybe(fc.constant('2026-11-20T05:00:00Z')), statementsThrough: maybe(day) }),
    });
  }); // prettier-ignore

const minimal = () => ({
  format: 'tegoed.book/1',
  asOf: '2026-11-20',
  administration: { id: 'a' },
  debtors: [{ id: 'd1', name: 'Jansen' }],
  invoices: [{ id: 'i1', debtorId: 'd1', dueDate: '2026-10-31', amount: '121.00', open: '121.00' }],
});
type Json = Record<string, unknown>;
const refusal = (change: (json: ReturnType<typeof minimal> & Json) => void): string => {
  const json = minimal() as ReturnType<typeof minimal> & Json;
  change(json);
  try {
    parseBook(json, 'book.json');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'invalid-book', place: { file: 'book.json' } });
    return (error as InputError).message;
  }
  throw new Error('was taken');
};

describe('tegoed.book/1', () => {
  it('gives a book back as it was', () => {
    fc.assert(fc.property(anyBook, (book) => expect(parseBook(JSON.parse(JSON.stringify(bookToJson(book))))).toEqual(book)));
  });

  it('gives the same book whatever the order and size of its pieces', () => {
    fc.assert(
      fc.property(anyBook, fc.infiniteStream(fc.nat(5)), (book, sizes) => {
        const json = JSON.parse(JSON.stringify(bookToJson(book))) as Json;
        const assembler = new BookAssembler();
        for (const [field, value] of Object.entries(json).reverse()) {
          if (!Array.isArray(value)) assembler.field(field, value);
          for (let at = 0; Array.isArray(value) && at < value.length;) {
            const size = 1 + (sizes.next().value as number);
            assembler.items(field as 'debtors', value.slice(at, at + size));
            at += size;
          }
        }
        expect(assembler.finish()).toEqual(book);
      }),
    );
  });

  it('fills in what a minimal document leaves out', () => {
    const book = parseBook({ ...minimal(), unknown: [1] });
    expect(book.administration).toMatchObject({ currency: 'EUR', country: 'NL', ibans: [], vatDeductible: true, registry: null });
    expect(book.invoices[0]).toMatchObject({
      number: 'i1',
      kind: 'invoice',
      issueDate: '2026-10-31',
      amount: 12100,
      currency: 'EUR',
      paymentReference: null,
    });
    expect(book).toMatchObject({ payments: [], contacts: [], freshness: { pulledAt: null, statementsThrough: null } });
  });

  it.each<[string, (json: ReturnType<typeof minimal> & Json) => void]>([
    ['format is "other", expected "tegoed.book/1"', (json) => (json.format = 'other')],
    ['format is missing', (json) => delete (json as Json)['format']],
    ['asOf is no date: "2026-02-30" is not a date of the form YYYY-MM-DD', (json) => (json.asOf = '2026-02-30')],
    ['administration is missing', (json) => delete (json as Json)['administration']],
    ['administration is not an object', (json) => ((json as Json)['administration'] = 'a')],
    ['administration.id must be a text', (json) => ((json.administration as Json)['id'] = 1)],
    ['debtors must be a list', (json) => ((json as Json)['debtors'] = {})],
    ['debtors[0] is not an object', (json) => ((json.debtors as unknown[])[0] = 'x')],
    ['debtors[1].id "d1" is there twice', (json) => json.debtors.push({ id: 'd1', name: 'again' })],
    ['debtors[0].capacity is "king", expected one of business, sole-trader, consumer, public-body, unknown', (json) => ((json.debtors[0] as Json)['capacity'] = 'king')],
    ['debtors[0].holds[0].kind is missing', (json) => ((json.debtors[0] as Json)['holds'] = [{ from: '2026-01-01' }])],
    ['debtors[0].ibans[1] must be a text', (json) => ((json.debtors[0] as Json)['ibans'] = ['x', 2])],
    ['debtors[0].largeCompany must be true or false', (json) => ((json.debtors[0] as Json)['largeCompany'] = 'yes')],
    ['debtors[0].paymentTermDays must be a whole number', (json) => ((json.debtors[0] as Json)['paymentTermDays'] = 1.5)],
    ['invoices[0].amount must be a decimal in quotes, such as "12.50"', (json) => ((json.invoices[0] as Json)['amount'] = 121)],
    ['invoices[0].open is no amount: "12,50" is not a decimal amount such as 1234.56', (json) => ((json.invoices[0] as Json)['open'] = '12,50')],
    ['invoices[0].open is no amount: "1.001" has more than the 2 decimals of EUR', (json) => ((json.invoices[0] as Json)['open'] = '1.001')],
    ['invoices[0].amount of a credit note must be negative', (json) => ((json.invoices[0] as Json)['kind'] = 'credit-note')],
    ['invoices[0].dueDate is missing', (json) => delete (json.invoices[0] as Json)['dueDate']],
    ['invoices[0].debtorId names the debtor "d9", which is not in the book', (json) => ((json.invoices[0] as Json)['debtorId'] = 'd9')],
    ['payments[0].invoiceId names the invoice "i9", which is not in the book', (json) => ((json as Json)['payments'] = [{ id: 'p', debtorId: 'd1', date: '2026-11-01', amount: '1.00', invoiceId: 'i9' }])],
    ['promises[0].invoiceIds[0] names the invoice "i9", which is not in the book', (json) => ((json as Json)['promises'] = [{ id: 'p', debtorId: 'd1', invoiceIds: ['i9'], madeOn: '2026-11-01', dueDate: '2026-11-01', amount: '1.00' }])],
    ['freshness.pulledAt "yesterday" is no timestamp', (json) => ((json as Json)['freshness'] = { pulledAt: 'yesterday' })],
  ])('says: %s', (message, change) => expect(refusal(change)).toBe(message)); // prettier-ignore

  it.each([[null], [1], ['x'], [[]]])('refuses %j as a document', (json) =>
    expect(() => parseBook(json)).toThrow('the document is not an object'),
  );
});
