import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';
import { ManualClock } from '../../src/kernel/clock.js';
import { InputError } from '../../src/kernel/errors.js';
import { normalizeIban } from '../../src/kernel/identifiers/iban.js';
import { isRf } from '../../src/kernel/identifiers/payment-reference.js';
import { normalizeRegistryNumber } from '../../src/kernel/identifiers/registry.js';
import { parseAmount, sum } from '../../src/kernel/money.js';
import { addDays, daysBetween, plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import type { BankTransaction } from '../../src/sandbox/company/bank-transaction.js';
import { renderCamt053 } from '../../src/sandbox/company/camt053.js';
import { type MoneybirdCompanyPlan, addMoneybirdCompany } from '../../src/sandbox/moneybird/moneybird-company.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { unpaidOn } from '../../src/sandbox/moneybird/totals.js';

const bankingDays = loadCalendars().target;
const FROM = plainDate('2026-04-01');
const TO = plainDate('2026-08-31');

/** Five months of past; Tegoed comes in on the morning of 1 September 2026. */
function company(plan: Partial<MoneybirdCompanyPlan> = {}) {
  const clock = new ManualClock(new Date('2026-01-01T00:00:00.000Z'));
  const sandbox = new MoneybirdSandbox({ clock, limits: null });
  const made = addMoneybirdCompany(sandbox, {
    name: 'Zandwijk & Zoon B.V.',
    seed: 11,
    debtors: 60,
    invoices: 300,
    from: FROM,
    to: TO,
    bankingDays,
    clock,
    ...plan,
  });
  return { ...made, sandbox, clock };
}

/** What the tests read of a statement, with a parser that is not ours. */
interface ReadStatement {
  readonly sequence: number;
  readonly opening: number;
  readonly closing: number;
  readonly entries: readonly {
    readonly amount: number;
    readonly reference: string;
    readonly name: string | null;
    readonly text: string | null;
  }[];
}

type Node = { readonly [key: string]: Node } & { readonly '#text'?: string };

function readStatement(xml: string): ReadStatement {
  const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, isArray: (name) => ['Ntry', 'Bal'].includes(name) });
  const statement = (parser.parse(xml) as Node)['Document']?.['BkToCstmrStmt']?.['Stmt'] as Node;
  const signed = (node: Node): number => unwrap(parseAmount(String(node['Amt']))) * (String(node['CdtDbtInd']) === 'DBIT' ? -1 : 1);
  const balances = Object.values(statement['Bal'] ?? {}) as Node[];
  const balance = (code: string): number => signed(balances.find((one) => String(one['Tp']?.['CdOrPrtry']?.['Cd']) === code) as Node);
  const entries = Object.values(statement['Ntry'] ?? {}) as Node[];
  return {
    sequence: Number(statement['ElctrncSeqNb']),
    opening: balance('OPBD'),
    closing: balance('CLBD'),
    entries: entries.map((entry) => {
      const details = entry['NtryDtls']?.['TxDtls'];
      const party = details?.['RltdPties']?.['Dbtr'] ?? details?.['RltdPties']?.['Cdtr'];
      const remittance = details?.['RmtInf'];
      return {
        amount: signed(entry),
        reference: String(entry['AcctSvcrRef']),
        name: party ? String(party['Pty']?.['Nm'] ?? party['Nm']) : null,
        text: remittance ? String(remittance['Ustrd'] ?? remittance['Strd']?.['CdtrRefInf']?.['Ref']) : null,
      };
    }),
  };
}

describe('the sandbox company', () => {
  it('lives the same life from the same seed and another from another', () => {
    const lives = [company(), company(), company({ seed: 12 })].map(({ world }) => {
      world.advanceTo(plainDate('2026-09-15'));
      return JSON.stringify(world.days) + world.statementFor(plainDate('2026-09-14'));
    });
    expect(lives[0] === lives[1]).toBe(true);
    expect(lives[0] === lives[2]).toBe(false);
  });

  it('has made-up customers with numbers that pass their checks', () => {
    const { books } = company();
    const contacts = [...books.contacts.values()];
    expect(contacts).toHaveLength(60);
    expect(contacts.filter(({ fields }) => fields.country === 'BE').length).toBeGreaterThan(3);
    expect(contacts.filter(({ fields }) => fields.company_name === null).length).toBeGreaterThan(5);
    for (const { fields } of contacts) {
      expect(fields.send_invoices_to_email).toMatch(/^[a-z]+@[a-z0-9-]+\.example$/);
      if (fields.bank_account !== null) expect(normalizeIban(fields.bank_account)).toBe(fields.bank_account);
      const scheme = fields.country === 'BE' ? 'be-kbo' : 'nl-kvk';
      if (fields.chamber_of_commerce !== null)
        expect(normalizeRegistryNumber(scheme, fields.chamber_of_commerce)).toBe(fields.chamber_of_commerce);
    }
  });

  it('has a past in which the bookkeeper booked everything: what is open is what customers owe', () => {
    const { books, world, sandbox, clock } = company();
    expect(clock.now().toISOString()).toBe('2026-09-01T05:00:00.000Z');
    const invoices = [...sandbox.state.administration(books.id).invoices.values()].filter(
      ({ originalInvoiceId }) => originalInvoiceId === null,
    );
    expect(Math.abs(invoices.length - 300)).toBeLessThanOrEqual(1);
    const credited = new Set([...books.invoices.values()].map(({ originalInvoiceId }) => originalInvoiceId));
    const open = invoices.filter((invoice) => !credited.has(invoice.id)).map((invoice) => [invoice.id, unpaidOn(books, invoice)] as const);
    expect(new Map(open.filter(([, amount]) => amount !== 0))).toEqual(world.owed);
    expect(new Set(invoices.map(({ state }) => state))).toEqual(new Set(['paid', 'open', 'late']));
    expect(invoices.map(({ number }) => number)).toContain('2026-0042');
  });

  it('goes on with bank lines whose truth adds up, invoice by invoice', () => {
    const { books, world } = company();
    const before = new Map(world.owed);
    const days = world.advanceTo(plainDate('2026-12-01'));
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 91 }, (_, past) => addDays(plainDate('2026-09-01'), past)));
    const owed = new Map(before);
    const change = (ref: string, amount: number): void => void owed.set(ref, (owed.get(ref) ?? 0) + amount);
    for (const { issued, registered, credited, transactions } of days) {
      for (const { ref, total } of issued) change(ref, total);
      for (const { invoiceRef, amount } of registered) change(invoiceRef, -amount);
      for (const { ref, total } of credited) change(books.invoice(ref)?.originalInvoiceId ?? '', total);
      for (const { amount, truth } of transactions) {
        expect(sum(truth.allocations.map((allocation) => allocation.amount)) + truth.unallocated).toBe(amount);
        for (const allocation of truth.allocations) change(allocation.invoiceRef, -allocation.amount);
      }
    }
    expect(new Map([...owed].filter(([, amount]) => amount !== 0))).toEqual(world.owed);
    // Nothing of the bank is booked any more: that is what Tegoed is for.
    const booked = [...books.payments.values()].filter(({ paymentDate }) => paymentDate > TO && paymentDate < '2026-12-01');
    const byHand = days.flatMap(({ registered }) => registered).length;
    expect(booked.filter(({ manualPaymentAction }) => manualPaymentAction === 'cash_payment')).toHaveLength(byHand);
    expect(byHand).toBeGreaterThan(0);
  });

  it('shows every way of paying, and each points at what the truth says', () => {
    const { books, world } = company({ debtors: 120, invoices: 900 });
    const lines = world.days.flatMap(({ transactions }) => transactions);
    const kinds = new Map<string, BankTransaction[]>();
    for (const line of lines) kinds.set(line.truth.kind, [...(kinds.get(line.truth.kind) ?? []), line]);
    expect([...kinds.keys()].sort()).toEqual([
      'damaged-number',
      'iban-only',
      'number',
      'outgoing',
      'paid-twice',
      'rf',
      'rf-in-text',
      'several',
      'unknown',
    ]);
    expect(lines.some(({ truth }) => truth.part)).toBe(true);
    for (const { structuredReference, truth } of kinds.get('rf') ?? []) {
      expect(isRf(structuredReference ?? '')).toBe(true);
      expect(structuredReference?.slice(4)).toBe(books.invoice(truth.allocations[0]?.invoiceRef ?? '')?.referenceBody);
    }
    for (const { text, truth } of kinds.get('number') ?? []) expect(text).toContain(truth.allocations[0]?.number);
    for (const { truth } of kinds.get('several') ?? []) expect(truth.allocations.length).toBeGreaterThan(1);
    for (const { counterparty } of lines) if (counterparty?.iban) expect(normalizeIban(counterparty.iban)).toBe(counterparty.iban);
  });

  it('pays after a reminder what it would not have paid before', () => {
    const silent = company({ seed: 3 });
    const heard = company({ seed: 3 });
    const refs = [...silent.world.owed.keys()];
    heard.world.reminded(refs, heard.world.today);
    const until = plainDate('2026-09-09');
    silent.world.advanceTo(until);
    heard.world.advanceTo(until);
    const left = ({ world }: typeof silent): number => refs.filter((ref) => world.owed.has(ref)).length;
    // Answers come within six days; only those who never pay are left.
    expect(left(heard)).toBeLessThan(left(silent) / 2);
    expect(left(heard)).toBeGreaterThan(0);
  });

  it('does not go back, and has statements of days that have passed only', () => {
    const { world } = company();
    expect(() => world.advanceTo(plainDate('2026-08-31'))).toThrow(InputError);
    expect(() => world.statementFor(plainDate('2026-09-01'))).toThrow('no statement of 2026-09-01');
    expect(() => company({ debtors: 0 })).toThrow('at least one debtor');
    expect(() => company({ from: plainDate('2026-08-29'), to: plainDate('2026-08-30') })).toThrow('no working day');
  });
});

describe('its bank statements', () => {
  it('follow one another: numbered, each opening where the last one closed, adding up', () => {
    const { world } = company();
    world.advanceTo(plainDate('2026-09-20'));
    let previous: ReadStatement | null = null;
    for (const { day, transactions } of world.days) {
      const read = readStatement(world.statementFor(day));
      expect(read.sequence).toBe(daysBetween(FROM, day) + 1);
      expect(read.opening + sum(read.entries.map(({ amount }) => amount))).toBe(read.closing);
      expect(read.opening).toBe(previous ? previous.closing : 2_500_000);
      expect(read.entries.map(({ amount, reference }) => [amount, reference])).toEqual(transactions.map(({ amount, id }) => [amount, id]));
      previous = read;
    }
  });

  it('say the same in both versions', () => {
    const { world } = company();
    const busiest = [...world.days].sort((a, b) => b.transactions.length - a.transactions.length)[0];
    const day = busiest?.day ?? TO;
    const [older, newer] = [world.statementFor(day, '001.02'), world.statementFor(day, '001.08')];
    expect(older).toContain('camt.053.001.02');
    expect(newer).toContain('camt.053.001.08');
    expect(readStatement(older)).toEqual(readStatement(newer));
    expect(readStatement(newer).entries.length).toBeGreaterThan(3);
  });

  it('carry names and texts with markup in them unharmed', () => {
    const line: BankTransaction = {
      id: 'R1',
      day: TO,
      amount: -1,
      counterparty: { name: `A & <B> "C" 'D'`, iban: null },
      structuredReference: null,
      text: ']]> & <Ustrd>',
      endToEndId: null,
      truth: { kind: 'outgoing', debtorRef: null, allocations: [], unallocated: -1, part: false },
    };
    const account = { iban: 'NL33TEGO0417164300', owner: 'Zandwijk & Zoon', bic: 'TEGONL2A' };
    const xml = renderCamt053({ version: '001.08', day: TO, sequence: 1, account, opening: 0, transactions: [line] });
    // The parser above is lenient; a strict one is not.
    new SaxesParser().write(xml).close();
    expect(readStatement(xml)).toEqual({
      sequence: 1,
      opening: 0,
      closing: -1,
      entries: [{ amount: -1, reference: 'R1', name: `A & <B> "C" 'D'`, text: ']]> & <Ustrd>' }],
    });
  });
});
