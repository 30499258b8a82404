import type { OfficeBooks } from '../books.js';
import { emptyCredit } from '../customers.js';
import type { Organisation } from '../organisation.js';
import { type CreditManagement, SEND_REMINDER } from '../records.js';
import { readAmount } from '../rules/format.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child } from '../rules/xml.js';
import type { Findings } from './outcome.js';

interface Reading {
  readonly books: OfficeBooks;
  readonly organisation: Organisation;
  readonly findings: Findings;
}

/**
 * The credit-management block of a request. What is left out of it is emptied or kept, as the office's switch says: the sheet is not sure.
 * `blocked` is kept either way when it is locked.
 */
export function readCredit(reading: Reading, block: XmlElement): Partial<CreditManagement> {
  const { books } = reading;
  const omitted: Partial<CreditManagement> = books.switches.omittedCreditFields === 'reset' ? emptyCredit() : {};
  const { blocked: _blocked, blockedLocked: _locked, ...reset } = omitted;
  const given: Partial<CreditManagement> = {};
  const take = (name: string, read: (element: XmlElement, text: string) => void): void => {
    // The last one counts: the block comes back with its children twice now and then.
    const element = block.children.filter((each) => each.name === name).at(-1);
    if (element) read(element, element.text.trim());
  };
  take('responsibleuser', (element, text) => (given.responsibleUser = knownUser(reading, element, text)));
  take('basecreditlimit', (element, text) => (given.creditLimit = limit(reading, element, text)));
  take('sendreminder', (element, text) => (given.sendReminder = sendReminder(reading, block, element, text)));
  take('reminderemail', (element, text) => (given.reminderEmail = noLonger(reading, element, text, 200)));
  take('freetext1', (element, text) => (given.freetext1 = flag(reading, element, text)));
  take('freetext2', (element, text) => (given.freetext2 = noLonger(reading, element, text, 40)));
  take('freetext3', (_element, text) => (given.freetext3 = text));
  take('blocked', (_element, text) => (given.blocked = text === 'true'));
  take('comment', (element) => (given.comment = comment(reading, element)));
  return { ...reset, ...given };
}

function knownUser({ organisation, findings }: Reading, element: XmlElement, code: string): string {
  if (code !== '' && !organisation.users.has(code)) findings.add(element, MESSAGES.noUser(code));
  return code;
}

function limit({ books, findings }: Reading, element: XmlElement, text: string): number | null {
  if (text === '') return null;
  const amount = readAmount(text, books.currency);
  if (amount === null || amount < 0) findings.add(element, MESSAGES.invalidValue('basecreditlimit'));
  return amount;
}

/** With `email` the address has to be in the same block. */
function sendReminder({ findings }: Reading, block: XmlElement, element: XmlElement, text: string): CreditManagement['sendReminder'] {
  const known = SEND_REMINDER.find((each) => each === text);
  if (!known) findings.add(element, MESSAGES.invalidValue('sendreminder'));
  const address = child(block, 'reminderemail');
  if (known === 'email' && !address?.text.trim()) findings.add(address ?? element, MESSAGES.required('reminderemail'));
  return known ?? 'true';
}

function flag({ findings }: Reading, element: XmlElement, text: string): string {
  if (!['', 'true', 'false'].includes(text)) findings.add(element, MESSAGES.invalidValue('freetext1'));
  return text;
}

function noLonger({ findings }: Reading, element: XmlElement, text: string, most: number): string {
  if (text.length > most) findings.add(element, MESSAGES.tooLong(element.name, most));
  return text;
}

/** Whatever people wrote stays as it is sent, but for line ends where the office does not keep those. */
function comment(reading: Reading, element: XmlElement): string {
  const { commentLengthMax, commentNewlines } = reading.books.switches;
  const text = noLonger(reading, element, element.text, commentLengthMax);
  return commentNewlines === 'kept' ? text : text.replace(/\s*\n\s*/g, ' ');
}
