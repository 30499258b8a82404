import type { OfficeBooks } from '../books.js';
import { officesOf } from '../organisation.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, el, textOf } from '../rules/xml.js';
import { type Asked, isMessage, officeOfRequest, refusedWith } from './outcome.js';

/** `<list>`: the offices of the user, or the codes of a kind of dimension (fact sheet §5). */
export function list(asked: Asked, root: XmlElement): XmlElement {
  const type = textOf(root, 'type');
  if (type === 'offices') return offices(asked);
  if (type === 'dimensions') return dimensions(asked, root);
  return el('list', refusedWith(MESSAGES.notImplemented, asked.user.language));
}

function offices({ user }: Asked): XmlElement {
  const rows = officesOf(user).map(({ code, profile }) => el('office', { name: profile.name, shortname: profile.shortname ?? '' }, code));
  return el('offices', { result: '1' }, rows);
}

/** The last row is a marker: no name, and the kind as its code. */
function dimensions(asked: Asked, root: XmlElement): XmlElement {
  const books = officeOfRequest(asked, root);
  const type = textOf(root, 'dimtype') ?? '';
  if (isMessage(books)) return el('dimensions', refusedWith(books, asked.user.language));
  const rows = rowsOf(type, books);
  if (!rows) return el('dimensions', refusedWith(MESSAGES.notImplemented, asked.user.language));
  const all = [...rows, { code: type, name: '', shortname: '' }];
  return el(
    'dimensions',
    { office: books.code, type, result: '1' },
    all.map(({ code, name, shortname }) => el('dimension', { name, shortname }, code)),
  );
}

interface DimensionRow {
  readonly code: string;
  readonly name: string;
  readonly shortname: string;
}

function rowsOf(type: string, { customers, accounts }: OfficeBooks): DimensionRow[] | null {
  if (type === 'DEB') return [...customers.values()];
  if (type !== 'BAS' && type !== 'PNL') return null;
  return [...accounts.values()].filter((account) => account.type === type).map(({ code, name }) => ({ code, name, shortname: '' }));
}
