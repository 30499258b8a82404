import type { Minor } from '../../../kernel/money.js';
import type { ContactKind } from '../../../ledger/rules/book.js';
import type { CaseFile } from './case-file.js';
import type { ReminderBlock } from './dossier.js';

const TYPE_OF: Readonly<Record<Exclude<ContactKind, 'call'>, ReminderBlock['type']>> = {
  reminder: 'FRIENDLY',
  demand: 'DEMAND',
  'fourteen-day-letter': 'FOURTEEN_DAY_LETTER',
  'be-first-reminder': 'BE_FIRST_REMINDER',
  'notice-of-default': 'NOTICE_OF_DEFAULT',
  statement: 'STATEMENT',
};

/** What was said and agreed, as blocks of the document; null for what is not known. */
export function correspondence(file: CaseFile, money: (amount: Minor) => string) {
  const numberOf = new Map(file.invoices.map(({ invoice }) => [invoice.id, invoice.number]));
  const numbers = (ids: readonly string[]): string[] => ids.flatMap((id) => numberOf.get(id) ?? []);
  const optional = (amount: Minor | null): string | null => (amount === null ? null : money(amount));
  return {
    reminders: file.reminders.flatMap(({ contact, ...sent }) => {
      const { kind, step, sentOn, receivedOn, channel, invoiceIds } = contact;
      if (kind === 'call') return [];
      const { sentAt, addressUsed, asked, costsAsked, payBy, documentSha256 } = sent;
      return [
        {
          type: TYPE_OF[kind],
          step,
          sentOn,
          sentAt,
          receivedOn,
          channel: channel === 'email' ? 'EMAIL' : 'POST',
          addressUsed,
          invoices: numbers(invoiceIds),
          amountAsked: optional(asked),
          costsAsked: money(costsAsked),
          payBy,
          documentSha256,
        },
      ];
    }),
    contacts: file.contacts,
    disputes: file.disputes.map(({ invoiceId, amount, ...dispute }) => ({
      invoice: numberOf.get(invoiceId) ?? invoiceId,
      ...dispute,
      amount: optional(amount),
    })),
    promises: file.promises.map((promise) => ({ ...promise, amount: money(promise.amount) })),
    arrangements: file.arrangements.map(({ madeOn, state, instalments }) => ({
      madeOn,
      state,
      instalments: instalments.map(({ dueDate, amount }) => ({ dueDate, amount: money(amount) })),
    })),
  };
}
