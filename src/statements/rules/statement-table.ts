import { shownAmount } from './decimal.js';
import type { Balance, Entry, MessageHeader, StatementTotals } from './statement.js';
import type { StatementEvent } from './statement-events.js';

const TEXT_WIDTH = 60;
const AMOUNT_WIDTH = 16;

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > TEXT_WIDTH ? `${line.slice(0, TEXT_WIDTH - 1)}…` : line;
};

const balanceText = (name: string, balance: Balance | null): string =>
  balance === null
    ? `no ${name} balance`
    : `${name} ${shownAmount(balance.amount, balance.currency)}${balance.date === null ? '' : ` on ${balance.date}`}`;

function entryText(entry: Entry): string {
  const [first] = entry.transactions;
  const many = entry.transactions.length > 1 ? `${entry.transactions.length} transactions` : null;
  const who = many ?? first?.counterparty?.name ?? first?.counterparty?.ultimateName ?? '';
  const reference = first?.structuredReferences[0]?.reference ?? first?.unstructured.join(' ') ?? '';
  const what = many === null ? reference || (entry.information ?? '') : (entry.information ?? '');
  const status = entry.status === null || entry.status === 'BOOK' ? '' : ` [${entry.status}]`;
  return [
    `  ${entry.bookingDate ?? entry.valueDate ?? '          '}`,
    shownAmount(entry.amount, entry.currency).padStart(AMOUNT_WIDTH),
    (entry.currency ?? '').padEnd(3),
    shortened([who, what].filter((text) => text !== '' && text !== undefined).join(' · ')) + status,
  ].join('  ');
}

function totalsText(totals: StatementTotals): string {
  const verdict =
    totals.reconciles === null
      ? 'cannot be checked'
      : totals.reconciles
        ? 'adds up'
        : `DOES NOT ADD UP: ${totals.difference} is unexplained`;
  return `  ${balanceText('opening', totals.opening)}, + ${totals.bookedCredit} − ${totals.bookedDebit}, ${balanceText('closing', totals.closing)}: ${verdict}`;
}

/** The readable form of a file, line by line as its events come. */
export class StatementTable {
  begin(file: string): string {
    return `${file}\n`;
  }

  event(event: Exclude<StatementEvent, { type: 'end' }>): string {
    switch (event.type) {
      case 'message':
        return `${event.header.message}${event.header.version === null ? '' : ` version ${event.header.version}`}\n`;
      case 'statement-start': {
        const { account, id } = event.statement;
        return `\nStatement ${id ?? '(no id)'} of ${account.iban ?? account.other ?? '(no account)'} ${account.owner ?? ''}\n`;
      }
      case 'entry':
        return `${entryText(event.entry)}\n`;
      case 'statement-end':
        return `${totalsText(event.totals)}\n`;
      case 'warning':
        return `  ! ${event.warning.message}\n`;
    }
  }

  end(_header: MessageHeader, _sha256: string): string {
    return '\n';
  }
}
