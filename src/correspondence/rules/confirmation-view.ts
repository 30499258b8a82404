import type { Confirmation, ConfirmationKind } from '../../dossier/rules/confirmation.js';
import { formatIban, normalizeIban } from '../../kernel/identifiers/iban.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { paymentReferenceOf } from './epc-qr.js';
import type { Letter, LetterCreditor } from './letter.js';
import { type ContactView, type CreditorView, contactView, creditorView, lineOrNull } from './letter-view.js';
import { type Language, formatLongDate, formatMoney } from './localized.js';
import { contactFacts } from './required-facts.js';
import { singleLine } from './single-line.js';

/** A message that tells a debtor what was noted or agreed. It is no demand: it names no amount but the agreed ones, no costs, no threat. */
export interface ConfirmationLetter {
  readonly said: Confirmation;
  readonly language: Language;
  readonly date: PlainDate;
  readonly creditor: LetterCreditor;
  readonly debtor: { readonly name: string; readonly number: string | null };
  /** Of the amounts in `said`. */
  readonly currency: string;
  /** The invoices it is about; none where it is about the debtor. */
  readonly invoices: readonly { readonly number: string; readonly paymentReference: string | null }[];
  readonly contact: Letter['contact'];
}

/** A confirmation written out in its language: what its templates may name. Absent values are null, never missing. */
export interface ConfirmationView {
  readonly kind: ConfirmationKind;
  readonly language: Language;
  readonly channel: 'email';
  readonly date: string;
  readonly creditor: CreditorView;
  readonly debtor: { readonly name: string; readonly number: string | null };
  readonly contact: ContactView;
  readonly single: boolean;
  /** The numbers of the invoices, in one text. */
  readonly invoices: string;
  /** The disputed part, or what is promised; null: the whole. */
  readonly amount: string | null;
  /** The day of the answer, of payment, or until which a hold lasts. */
  readonly day: string | null;
  /** The debtor says that the invoice never came: nothing is objected to. */
  readonly notReceived: boolean;
  readonly outcome: string | null;
  /** Whether reminders pause. */
  readonly pauses: boolean;
  readonly instalments: readonly { readonly day: string; readonly amount: string }[];
  readonly missed: { readonly day: string; readonly amount: string } | null;
  readonly email: string | null;
  /** Where agreed amounts are paid to; null where nothing was agreed. */
  readonly payment: { readonly name: string; readonly iban: string; readonly reference: string | null } | null;
}

/**
 * Writes a confirmation out. Fails with `no-invoices` when it is about invoices and names none, `no-contact`, `incomplete-sender`,
 * `invalid-iban` when it says where to pay.
 */
export function prepareConfirmation(letter: ConfirmationLetter): Result<ConfirmationView> {
  const { said, creditor, contact } = letter;
  const view = viewOf(letter);
  if (needsInvoices(said) && letter.invoices.length === 0) return err(broken(said, 'no-invoices', 'it names no invoice'));
  if (contact.email === null && contact.phone === null) return err(broken(said, 'no-contact', 'it must say whom to ask'));
  if (view.creditor.name === '' || creditor.addressLines.length === 0 || view.debtor.name === '') {
    return err(broken(said, 'incomplete-sender', 'it must name the creditor with its address, and the debtor'));
  }
  if (view.payment !== null && normalizeIban(creditor.iban) === null) {
    return err(broken(said, 'invalid-iban', 'the IBAN of the creditor is not valid'));
  }
  return ok(view);
}

const broken = ({ confirmation }: Confirmation, code: string, message: string): { code: string; message: string } => ({
  code,
  message: `${confirmation}: ${message}`,
});

const needsInvoices = ({ confirmation }: Confirmation): boolean => confirmation !== 'hold-noted' && confirmation !== 'address-changed';

function viewOf(letter: ConfirmationLetter): ConfirmationView {
  const { said, language, creditor, invoices } = letter;
  const day = (date: PlainDate): string => formatLongDate(date, language);
  const money = (minor: number): string => formatMoney(minor, letter.currency, language);
  const numbers = invoices.map(({ number }) => singleLine(number, 60));
  const reference = paymentReferenceOf(invoices.map((invoice, at) => ({ ...invoice, number: numbers[at] ?? '' })));
  const nothing = {
    amount: null,
    day: null,
    notReceived: false,
    outcome: null,
    pauses: false,
    instalments: [],
    missed: null,
    email: null,
    payment: null,
  };
  const payment = {
    name: singleLine(creditor.name),
    iban: formatIban(normalizeIban(creditor.iban) ?? creditor.iban),
    reference: reference && singleLine(reference.display),
  };
  const part = ({ dueDate, amount }: { dueDate: PlainDate; amount: number }): { day: string; amount: string } => ({
    day: day(dueDate),
    amount: money(amount),
  });
  const about = ((): Partial<ConfirmationView> => {
    switch (said.confirmation) {
      case 'dispute-noted': {
        const [first, ...others] = said.disputes;
        const amount = first && others.length === 0 && first.amount !== null ? money(first.amount) : null;
        return { amount, day: day(said.answerBy), notReceived: said.code === 'INVOICE_NOT_RECEIVED', pauses: true };
      }
      case 'dispute-settled':
        return { outcome: said.outcome };
      case 'promise-noted':
        return { amount: money(said.amount), day: day(said.dueDate), pauses: said.pauses, payment };
      case 'arrangement-made':
        return { instalments: said.instalments.map(part), pauses: true, payment };
      case 'arrangement-broken':
        return { missed: part(said.missed), payment };
      case 'hold-noted':
        return { day: day(said.until), pauses: true };
      case 'address-changed':
        return { email: singleLine(said.email, 320) };
    }
  })();
  return {
    kind: said.confirmation,
    language,
    channel: 'email',
    date: day(letter.date),
    creditor: creditorView(creditor),
    debtor: { name: singleLine(letter.debtor.name), number: lineOrNull(letter.debtor.number) },
    contact: contactView(letter.contact),
    single: invoices.length === 1,
    invoices: numbers.join(', '),
    ...nothing,
    ...about,
  };
}

/** The words that must be found back in a rendered confirmation, whatever became of its templates. */
export function confirmationFacts(view: ConfirmationView): string[] {
  const { creditor, debtor, payment, missed, instalments } = view;
  return [
    creditor.name,
    ...creditor.addressLines,
    debtor.name,
    view.date,
    ...(view.invoices === '' ? [] : view.invoices.split(', ')),
    view.amount,
    view.day,
    ...instalments.flatMap(({ day, amount }) => [day, amount]),
    missed?.day ?? null,
    missed?.amount ?? null,
    view.email,
    payment?.iban ?? null,
    ...contactFacts(view),
  ].filter((fact) => fact !== null);
}
