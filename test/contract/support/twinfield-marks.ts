import type { PulledItem } from '../../../src/adapters/accounting-package.port.js';
import { formatAmount } from '../../../src/kernel/money.js';
import { type PlainDate, plainDateIn } from '../../../src/kernel/plain-date.js';
import type { OfficeBooks } from '../../../src/sandbox/twinfield/books.js';
import type { CreditAction } from '../../../src/sandbox/twinfield/records.js';
import type { TrueItem } from '../../../src/sandbox/twinfield/truth.js';

/** Names of the sandbox's actions: the first are known for what they are, the others are set so in the harness. */
const REMINDERS = ['Herinnering 1', '2e aanmaning', 'Sommatie'];
const [NOTHING, END] = ['Gebeld', 'Opgelost'];

/**
 * What the actions on an item come to, by the office's own records: whatever holds nothing by its name is a dispute, until it is gone or
 * said to be over. Of what is settled nobody asks.
 */
export function marksIn(books: OfficeBooks, all: readonly TrueItem[]): (item: TrueItem) => Pick<PulledItem, 'dispute' | 'remindedOn'> {
  const byCustomer = Map.groupBy(all, ({ customer }) => customer);
  return (item) => marksOf(books, item, byCustomer.get(item.customer) ?? []);
}

function marksOf(books: OfficeBooks, item: TrueItem, ofCustomer: readonly TrueItem[]): Pick<PulledItem, 'dispute' | 'remindedOn'> {
  const { browseCodes, missingFields } = books.switches;
  if (!browseCodes.has('164') || item.open === 0 || item.amount <= 0) return {};
  const tellsWhen = !missingFields.has('fin.trs.line.actioncreated');
  const actions = actionsOn(books, item, ofCustomer).map(({ action, currency }) => ({
    ...{ name: action.name, on: action.date, created: tellsWhen ? Math.floor(action.createdAt.getTime() / 1_000) : 0 },
    text: wordsOf(action, currency, missingFields),
    day: tellsWhen ? plainDateIn(action.createdAt, 'Europe/Amsterdam') : null,
  }));
  const ended = Math.max(0, ...actions.filter(({ name }) => name === END).map(({ created }) => created));
  const isDispute = (name: string): boolean => ![...REMINDERS, NOTHING, END].includes(name);
  const disputes = actions.filter(({ name, created }) => isDispute(name) && created >= ended);
  disputes.sort((a, b) => b.created - a.created || (a.text < b.text ? 1 : a.text > b.text ? -1 : a.on < b.on ? 1 : -1));
  const [newest] = disputes;
  const days = [...new Set(actions.filter(({ name }) => REMINDERS.includes(name)).flatMap(({ day }): PlainDate[] => (day ? [day] : [])))];
  return {
    ...(newest && { dispute: { text: [...new Set(disputes.map(({ text }) => text))].join(' | '), on: newest.on } }),
    ...(days.length > 0 && { remindedOn: days.sort() }),
  };
}

/** Where rows do not say which line they are, an action is on all of the customer that look the same. */
function actionsOn(
  books: OfficeBooks,
  item: TrueItem,
  ofCustomer: readonly TrueItem[],
): { readonly action: CreditAction; readonly currency: string }[] {
  const isSame = (other: TrueItem): boolean =>
    other.openBase !== 0 &&
    (other.invoiceNumber === '' || other.invoiceNumber === item.invoiceNumber) &&
    other.date === item.date &&
    (other.dueDate === null || other.dueDate === item.dueDate);
  const lines = books.switches.creditList === 'keyless' ? ofCustomer.filter(isSame) : [item];
  return lines.flatMap(({ actions, currency }) => actions.map((action) => ({ action, currency })));
}

function wordsOf({ code, name, value, description }: CreditAction, currency: string, missing: ReadonlySet<string>): string {
  const head = [code, name, ...(value === 0 ? [] : [formatAmount(value, currency)])].join(' ');
  return description === '' || missing.has('fin.trs.line.actiondescription') ? head : `${head}: ${description}`;
}
