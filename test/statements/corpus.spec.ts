import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/kernel/errors.js';
import { collectStatements } from '../../src/statements/collect.js';
import { sameValue, signed } from '../../src/statements/rules/decimal.js';
import { type Entry, type Statement, type StatementFile, type Transaction, isBooked } from '../../src/statements/rules/statement.js';

/** Genuine files of many banks with figures computed by two other programs; not part of this repository. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/camt053/', import.meta.url));
const present = existsSync(`${corpus}expected.json`);
if (!present) process.stderr.write(`corpus.spec: skipped, there is no corpus at ${corpus}\n`);

interface ExpectedBalance {
  readonly type: string;
  readonly amount: string;
  readonly ccy: string;
  readonly date?: string;
}

interface ExpectedStatement {
  readonly id?: string;
  readonly created?: string;
  readonly from?: string;
  readonly to?: string;
  readonly iban: string | null;
  readonly other_account_id?: string;
  readonly currency?: string;
  readonly owner?: string;
  readonly servicer_bic?: string;
  readonly electronic_seq?: string;
  readonly legal_seq?: string;
  readonly page?: string;
  readonly last_page?: string;
  readonly copy_dupl?: string;
  readonly opening: ExpectedBalance | null;
  readonly closing: ExpectedBalance | null;
  readonly balances: readonly ExpectedBalance[];
  readonly reconciles: boolean | null;
  readonly reconcile_difference: string | null;
  readonly sum_booked_credit: string;
  readonly sum_booked_debit: string;
  readonly structured_refs: readonly string[];
  readonly entry_currencies: readonly string[];
  readonly n_bad_amount: number;
  readonly [count: `n_${string}`]: number;
}

interface ExpectedFile {
  readonly sha256: string;
  readonly well_formed?: boolean;
  readonly message?: string;
  readonly version?: string;
  readonly msg_id?: string;
  readonly page?: string;
  readonly last_page?: string;
  readonly expect?: string;
  readonly statements?: readonly ExpectedStatement[];
  readonly members?: Readonly<Record<string, ExpectedFile>>;
}

interface ExpectedTransaction {
  readonly amount?: string;
  readonly ccy?: string;
  readonly amount_source?: string;
  readonly ind?: string;
  readonly end_to_end_id?: string;
  readonly tx_id?: string;
  readonly mandate_id?: string;
  readonly instr_id?: string;
  readonly pmt_inf_id?: string;
  readonly msg_id?: string;
  readonly acct_svcr_ref?: string;
  readonly purpose?: string;
  readonly return_reason?: string;
  readonly dbtr_name?: string;
  readonly dbtr_iban?: string;
  readonly dbtr_othr?: string;
  readonly cdtr_name?: string;
  readonly cdtr_iban?: string;
  readonly cdtr_othr?: string;
  readonly ustrd?: readonly string[];
  readonly strd_refs?: readonly { ref: string; type: string | null; issuer: string | null }[];
  readonly charges?: readonly { amount: string; ccy: string; ind: string | null }[];
}

interface ExpectedEntry {
  readonly amount?: string;
  readonly ccy?: string;
  readonly status?: string;
  readonly reversal?: boolean;
  readonly booking_date?: string;
  readonly value_date?: string;
  readonly entry_ref?: string;
  readonly acct_svcr_ref?: string;
  readonly bktxcd?: string;
  readonly bktxcd_prtry?: string;
  readonly batch?: boolean;
  readonly batch_nb?: string;
  readonly addtl?: string;
  readonly tx?: readonly ExpectedTransaction[];
}

const load = <T>(name: string): Record<string, T> =>
  present ? (JSON.parse(readFileSync(corpus + name, 'utf8')) as { files: Record<string, T> }).files : {};

const expectedFiles = load<ExpectedFile>('expected.json');
const expectedEntries = load<readonly (readonly ExpectedEntry[])[]>('expected-entries.json');

/**
 * What the contract refuses: what is not sound XML, no statement, hostile, an amount that is no decimal (or missing), and where
 * `expect` leaves a choice.
 */
const isRefused = (expected: ExpectedFile): boolean =>
  (expected.well_formed === false && expected.members === undefined) ||
  (expected.members === undefined && expected.message === undefined) ||
  (expected.statements ?? []).some(({ n_bad_amount }) => n_bad_amount > 0) ||
  /^reject|; reject or flag|nothing to import|size cap/.test(expected.expect ?? '');

const read = (name: string): Promise<StatementFile[]> => collectStatements(name, [readFileSync(corpus + name)]);

const nothing = (text: string | undefined): string | null => (text === undefined || /^not.?provided$/i.test(text) ? null : text);
const day = (text: string | undefined): string | null => text?.slice(0, 10) ?? null;
const instant = (text: string): number => Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);

function expectAmount(actual: string | null, expected: string | undefined | null): void {
  if (expected === undefined || expected === null) expect(actual).toBeNull();
  else if (actual === null || !sameValue(actual, expected)) expect(actual).toBe(expected);
}

function checkFile(actual: StatementFile, expected: ExpectedFile, entries: readonly (readonly ExpectedEntry[])[] | undefined): void {
  expect({ sha256: actual.sha256, message: actual.message, version: actual.version, messageId: actual.messageId }).toEqual({
    sha256: expected.sha256,
    message: expected.message,
    version: expected.version ?? null,
    messageId: nothing(expected.msg_id),
  });
  if (expected.page !== undefined) expect(actual.page).toEqual({ number: Number(expected.page), last: expected.last_page === 'true' });
  expect(actual.statements).toHaveLength(expected.statements?.length ?? 0);
  const remarks = actual.warnings.filter(({ code }) => code === 'details-differ');
  expect(remarks).toHaveLength((expected.statements ?? []).reduce((sum, each) => sum + (each['n_entry_tx_sum_differs'] ?? 0), 0));
  expected.statements?.forEach((statement, index) => {
    checkStatement(actual.statements[index] as Statement, statement);
    if (entries) checkEntries(actual.statements[index] as Statement, entries[index] as readonly ExpectedEntry[]);
  });
}

function checkStatement(actual: Statement, expected: ExpectedStatement): void {
  expect({
    id: actual.id,
    iban: actual.account.iban,
    other: actual.account.other,
    owner: actual.account.owner,
    bic: actual.account.servicerBic,
    electronicSequence: actual.electronicSequence,
    legalSequence: actual.legalSequence,
    copyDuplicate: actual.copyDuplicate,
    page: actual.page,
    period: actual.period,
  }).toEqual({
    id: nothing(expected.id),
    iban: expected.iban,
    other: expected.other_account_id ?? null,
    owner: expected.owner ?? null,
    bic: expected.servicer_bic ?? null,
    electronicSequence: expected.electronic_seq ?? null,
    legalSequence: expected.legal_seq ?? null,
    copyDuplicate: expected.copy_dupl ?? null,
    page: expected.page === undefined ? null : { number: Number(expected.page), last: expected.last_page === 'true' },
    period: { from: day(expected.from), to: day(expected.to) },
  });
  if (expected.currency !== undefined) expect(actual.account.currency).toBe(expected.currency);
  if (expected.created !== undefined) expect(Date.parse(actual.createdAt ?? '')).toBe(instant(expected.created));
  const balance = (each: ExpectedBalance | null): unknown =>
    each && expect.objectContaining({ type: each.type, currency: each.ccy, date: day(each.date) });
  expect(actual.opening).toEqual(balance(expected.opening));
  expect(actual.closing).toEqual(balance(expected.closing));
  expect(actual.balances).toEqual(expected.balances.map(balance));
  expected.balances.forEach(({ amount }, index) => expectAmount(actual.balances[index]?.amount ?? null, amount));
  expectAmount(actual.opening?.amount ?? null, expected.opening?.amount);
  expectAmount(actual.closing?.amount ?? null, expected.closing?.amount);
  expectAmount(actual.bookedCredit, expected.sum_booked_credit);
  expectAmount(actual.bookedDebit, expected.sum_booked_debit);
  expect(actual.reconciles).toBe(expected.reconciles);
  expectAmount(actual.difference, expected.reconcile_difference);

  const transactions = actual.entries.flatMap((entry) => entry.transactions);
  expect({
    n_entries: actual.entries.length,
    n_booked: actual.entries.filter(isBooked).length,
    n_pending: actual.entries.filter(({ status }) => status === 'PDNG').length,
    n_info: actual.entries.filter(({ status }) => status === 'INFO').length,
    n_reversal: actual.entries.filter(({ reversal }) => reversal).length,
    n_batch: actual.entries.filter(({ batch }) => batch).length,
    n_tx_with_end_to_end_id: transactions.filter(({ endToEndId }) => endToEndId !== null).length,
    n_tx_with_structured_ref: transactions.filter(({ structuredReferences }) => structuredReferences.length > 0).length,
    n_return: transactions.filter((transaction) => transaction.return !== null).length,
  }).toEqual({
    n_entries: expected.n_entries,
    n_booked: expected.n_booked,
    n_pending: expected.n_pending,
    n_info: expected.n_info,
    n_reversal: expected.n_reversal,
    n_batch: expected.n_batch,
    n_tx_with_end_to_end_id: expected.n_tx_with_end_to_end_id,
    n_tx_with_structured_ref: expected.n_tx_with_structured_ref,
    n_return: expected.n_return,
  });
  expect(transactions.flatMap((each) => each.structuredReferences.map(({ reference }) => reference))).toEqual(expected.structured_refs);
  const currencies = new Set(actual.entries.flatMap(({ currency }) => currency ?? []));
  expect([...currencies].sort()).toEqual(expected.entry_currencies);
}

function checkEntries(actual: Statement, expected: readonly ExpectedEntry[]): void {
  expect(actual.entries).toHaveLength(expected.length);
  expected.forEach((entry, index) => checkEntry(actual.entries[index] as Entry, entry, actual.account.iban));
}

function checkEntry(actual: Entry, expected: ExpectedEntry, own: string | null): void {
  const { domain, family, subFamily, proprietary } = actual.bankCode;
  expectAmount(actual.amount, expected.amount);
  expect({
    currency: actual.currency,
    status: actual.status,
    reversal: actual.reversal,
    bookingDate: actual.bookingDate,
    valueDate: actual.valueDate,
    entryReference: actual.entryReference,
    servicerReference: actual.servicerReference,
    code: [domain, family, subFamily].filter((each) => each !== null).join('/') || null,
    proprietary,
    batch: actual.batch,
    batchTransactions: actual.batchDetails?.transactions ?? null,
    information: actual.information,
  }).toEqual({
    currency: expected.ccy ?? null,
    status: expected.status ?? null,
    reversal: expected.reversal ?? false,
    bookingDate: day(expected.booking_date),
    valueDate: day(expected.value_date),
    entryReference: nothing(expected.entry_ref),
    servicerReference: nothing(expected.acct_svcr_ref),
    code: expected.bktxcd ?? null,
    proprietary: nothing(expected.bktxcd_prtry),
    batch: expected.batch ?? (expected.tx?.length ?? 0) > 1,
    batchTransactions: expected.batch_nb === undefined ? null : Number(expected.batch_nb),
    information: nothing(expected.addtl),
  });
  expect(actual.transactions).toHaveLength(expected.tx?.length ?? 1);
  expected.tx?.forEach((transaction, index) => checkTransaction(actual.transactions[index] as Transaction, transaction, actual, own));
}

function checkTransaction(actual: Transaction, expected: ExpectedTransaction, entry: Entry, own: string | null): void {
  const debit = (expected.ind ?? (entry.amount.startsWith('-') ? 'DBIT' : 'CRDT')) === 'DBIT';
  if (expected.amount_source !== undefined) {
    expectAmount(actual.amount, signed(expected.amount as string, debit));
    expect([actual.amountSource, actual.currency]).toEqual([expected.amount_source, expected.ccy ?? null]);
  } else {
    expect([actual.amount, actual.amountSource]).toEqual(entry.transactions.length === 1 ? [entry.amount, 'Ntry/Amt'] : [null, null]);
  }
  expect({
    endToEndId: actual.endToEndId,
    transactionId: actual.transactionId,
    mandateId: actual.mandateId,
    instructionId: actual.instructionId,
    paymentInformationId: actual.paymentInformationId,
    messageId: actual.messageId,
    servicerReference: actual.servicerReference,
    purpose: actual.purpose,
    returnCode: actual.return?.code ?? null,
    unstructured: actual.unstructured,
    charges: actual.charges.map(({ amount, currency, credit }) => ({ amount, currency, credit })),
  }).toEqual({
    endToEndId: nothing(expected.end_to_end_id),
    transactionId: nothing(expected.tx_id),
    mandateId: nothing(expected.mandate_id),
    instructionId: nothing(expected.instr_id),
    paymentInformationId: nothing(expected.pmt_inf_id),
    messageId: nothing(expected.msg_id),
    servicerReference: nothing(expected.acct_svcr_ref),
    purpose: nothing(expected.purpose),
    returnCode: nothing(expected.return_reason),
    unstructured: expected.ustrd ?? [],
    charges: (expected.charges ?? []).map(({ amount, ccy, ind }) => ({ amount, currency: ccy, credit: ind === 'CRDT' })),
  });
  checkReferences(actual, expected);
  checkCounterparty(actual, expected, debit, own);
}

/** The other reading gives no type and issuer for version 01, where they stand in other elements. */
function checkReferences(actual: Transaction, expected: ExpectedTransaction): void {
  const references = expected.strd_refs ?? [];
  expect(actual.structuredReferences.map(({ reference }) => reference)).toEqual(references.map(({ ref }) => ref));
  references.forEach(({ type, issuer }, index) => {
    if (type !== null) expect(actual.structuredReferences[index]).toMatchObject({ type, issuer });
  });
}

/** Where only the opposite side is named it must be the counterparty; where both are, the rule of chooseCounterparty decides. */
function checkCounterparty(actual: Transaction, expected: ExpectedTransaction, debit: boolean, own: string | null): void {
  const opposite = debit
    ? { name: expected.cdtr_name, iban: expected.cdtr_iban, other: expected.cdtr_othr }
    : { name: expected.dbtr_name, iban: expected.dbtr_iban, other: expected.dbtr_othr };
  const ours = debit
    ? [expected.dbtr_name, expected.dbtr_iban, expected.dbtr_othr]
    : [expected.cdtr_name, expected.cdtr_iban, expected.cdtr_othr];
  const named = [opposite.name, opposite.iban, opposite.other].some((each) => nothing(each) !== null);
  if (!named || ours.some((each) => each !== undefined)) return;
  if (own !== null && opposite.iban === own) return expect(actual.counterparty).toBeNull();
  expect(actual.counterparty).toMatchObject({ name: nothing(opposite.name), iban: nothing(opposite.iban) });
}

(present ? describe : describe.skip)('the shared corpus of bank statements', () => {
  it.each(Object.keys(expectedFiles))('%s', async (name) => {
    const expected = expectedFiles[name] as ExpectedFile;
    if (isRefused(expected)) {
      await expect(read(name)).rejects.toBeInstanceOf(InputError);
      return;
    }
    const files = await read(name);
    if (expected.members === undefined) {
      expect(files).toHaveLength(1);
      checkFile(files[0] as StatementFile, expected, expectedEntries[name]);
      return;
    }
    const statements = Object.entries(expected.members).filter(([, member]) => member.well_formed);
    expect(files.map(({ file }) => file)).toEqual(statements.map(([member]) => `${name}#${member}`));
    statements.forEach(([, member], index) => checkFile(files[index] as StatementFile, member, undefined));
  });
});
