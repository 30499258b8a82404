import { customerXml } from '../render/customer-xml.js';
import { transactionXml } from '../render/transaction-xml.js';
import type { OfficeBooks } from '../books.js';
import { MESSAGES, type Message } from '../rules/messages.js';
import { type XmlElement, child, el, leaf, textOf } from '../rules/xml.js';
import { browseDefinition } from './browse-definition.js';
import { type Asked, isMessage, officeOfRequest, refusedWith } from './outcome.js';

/** `<read>`: an office, one customer or all of them, a transaction, or the definition of a browse code. */
export function read(asked: Asked, root: XmlElement): XmlElement {
  const type = textOf(root, 'type') ?? '';
  if (type === 'office') return office(asked, root);
  const books = officeOfRequest(asked, root);
  const refused = (message: Message): XmlElement => el(type || 'read', refusedWith(message, asked.user.language));
  if (isMessage(books)) return refused(books);
  if (type === 'dimensions') return dimensions(asked, root, books);
  if (type === 'transaction') return transaction(asked, root, books);
  if (type === 'browse') return browseDefinition(asked, root, books);
  return refused(MESSAGES.notImplemented);
}

/** Both elements have to be there, else the message misleads. */
function office(asked: Asked, root: XmlElement): XmlElement {
  const books = officeOfRequest(asked, root);
  const message = isMessage(books) ? books : !child(root, 'office') || textOf(root, 'code') !== books.code ? MESSAGES.noAccess : null;
  if (message || isMessage(books)) return el('office', refusedWith(message ?? MESSAGES.noAccess, asked.user.language));
  const { code, currency, bankDaybook, profile } = books;
  return el('office', { status: 'active', result: '1' }, [
    leaf('code', code),
    leaf('name', profile.name),
    leaf('shortname', profile.shortname ?? ''),
    el('general', {}, [
      leaf('basecurrency', currency),
      leaf('reportingcurrency', currency),
      leaf('vatnumber', ''),
      leaf('cocnumber', ''),
      leaf('defaultbank', bankDaybook),
      leaf('demo', 'false'),
    ]),
  ]);
}

/** Without a code: all there are, in full, for one credit. Children do not name their office then. */
function dimensions(asked: Asked, root: XmlElement, books: OfficeBooks): XmlElement {
  const { user } = asked;
  if (textOf(root, 'dimtype') !== 'DEB') return el('dimensions', refusedWith(MESSAGES.notImplemented, user.language));
  const code = textOf(root, 'code');
  if (code === undefined) {
    const rows = [...books.customers.values()].map((customer) => customerXml(books, user.organisation, customer, { withOffice: false }));
    return el('dimensions', { result: '1' }, rows);
  }
  const customer = books.customers.get(code);
  if (customer) return customerXml(books, user.organisation, customer, { withOffice: true, result: '1' });
  return el('dimension', { result: '0' }, [
    el('office', { name: books.profile.name, shortname: '' }, books.code),
    el('type', { name: 'Debiteuren', shortname: 'Debiteuren' }, 'DEB'),
    el('code', refusedWith(MESSAGES.noDimension(code), user.language), code),
  ]);
}

function transaction({ user }: Asked, root: XmlElement, books: OfficeBooks): XmlElement {
  const code = textOf(root, 'code') ?? '';
  const number = textOf(root, 'number') ?? '';
  const found = books.transaction(code, number);
  if (!found) return el('transaction', refusedWith(MESSAGES.noTransaction(code, number), user.language));
  return transactionXml(books, user.organisation, found);
}
