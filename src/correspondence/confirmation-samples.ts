import { CONFIRMATION_KINDS, type Confirmation, type ConfirmationKind } from '../dossier/rules/confirmation.js';
import { DISPUTE_OUTCOMES } from '../dossier/rules/dispute-request.js';
import { plainDate } from '../kernel/plain-date.js';
import { sampleLetter } from './letter-samples.js';
import type { ConfirmationLetter } from './rules/confirmation-view.js';
import { LANGUAGES, type Language } from './rules/localized.js';

const ABOUT = ['i1'];

const SAID: { readonly [Kind in ConfirmationKind]: Extract<Confirmation, { confirmation: Kind }> } = {
  'dispute-noted': {
    confirmation: 'dispute-noted',
    code: 'PRICE',
    disputes: [{ disputeId: 'd', invoiceId: 'i1', amount: 25_000 }],
    answerBy: plainDate('2026-12-04'),
  },
  'dispute-settled': { confirmation: 'dispute-settled', disputeId: 'd', invoiceId: 'i1', outcome: 'REJECTED' },
  'promise-noted': {
    confirmation: 'promise-noted',
    promiseId: 'p',
    invoiceIds: ABOUT,
    amount: 123_456,
    dueDate: plainDate('2026-12-01'),
    pauses: true,
  },
  'arrangement-made': {
    confirmation: 'arrangement-made',
    arrangementId: 'a',
    invoiceIds: ABOUT,
    instalments: [
      { dueDate: plainDate('2026-12-01'), amount: 61_728 },
      { dueDate: plainDate('2027-01-01'), amount: 61_728 },
    ],
  },
  'arrangement-broken': {
    confirmation: 'arrangement-broken',
    arrangementId: 'a',
    invoiceIds: ABOUT,
    missed: { dueDate: plainDate('2026-12-01'), amount: 61_728 },
  },
  'hold-noted': { confirmation: 'hold-noted', holdId: 'h', until: plainDate('2026-12-31') },
  'address-changed': { confirmation: 'address-changed', email: 'facturen@example.com' },
};

/** An invented confirmation: what templates are tried with at start, and a ground for tests. */
export function sampleConfirmation<Kind extends ConfirmationKind>(kind: Kind, language: Language): ConfirmationLetter {
  const { date, creditor, debtor, currency, items, contact } = sampleLetter('reminder', language);
  const said: Confirmation = SAID[kind];
  const aboutDebtor = said.confirmation === 'hold-noted' || said.confirmation === 'address-changed';
  const invoices = aboutDebtor ? [] : items.map(({ number, paymentReference }) => ({ number, paymentReference }));
  return { said, language, date, creditor, debtor, currency, invoices, contact };
}

/** Confirmations that together walk through every branch of every template. */
export function* sampleConfirmations(): Generator<ConfirmationLetter> {
  for (const language of LANGUAGES) {
    for (const kind of CONFIRMATION_KINDS) {
      const letter = sampleConfirmation(kind, language);
      yield letter;
      yield { ...letter, contact: { ...letter.contact, email: null } };
      if (letter.invoices.length > 0) yield { ...letter, invoices: [...letter.invoices, { number: '2026-0043', paymentReference: null }] };
      for (const said of variants(letter.said)) yield { ...letter, said };
    }
  }
}

function* variants(said: Confirmation): Generator<Confirmation> {
  if (said.confirmation === 'dispute-noted') {
    const whole = said.disputes.map((dispute) => ({ ...dispute, amount: null }));
    yield { ...said, disputes: whole };
    yield { ...said, disputes: whole, code: 'INVOICE_NOT_RECEIVED' };
  }
  if (said.confirmation === 'dispute-settled') for (const outcome of DISPUTE_OUTCOMES) yield { ...said, outcome };
  if (said.confirmation === 'promise-noted') yield { ...said, pauses: false };
}
