import type { CreditList, OfficeBooks } from '../books.js';
import {
  BROWSE_CODES,
  BROWSE_DEFINITIONS,
  type BrowseDefinition,
  type ColumnDefinition,
  creditColumns,
} from '../rules/browse-definitions.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, el, leaf, textOf } from '../rules/xml.js';
import { type Asked, refusedWith } from './outcome.js';

const CREDIT_FILTERS: Readonly<Record<CreditList, readonly ('customer' | 'status')[]>> = {
  actions: ['customer'],
  open: ['customer', 'status'],
  keyless: [],
};

/** The definition an office has of a browse code; null when it has none. */
export function definitionOf({ switches }: OfficeBooks, code: string): BrowseDefinition | null {
  const known = BROWSE_CODES.find((each) => each === code);
  if (!known || !switches.browseCodes.has(known)) return null;
  const definition = BROWSE_DEFINITIONS[known];
  const columns = known === '164' ? creditColumns(CREDIT_FILTERS[switches.creditList]) : definition.columns;
  return { ...definition, columns: columns.filter(({ field }) => !switches.missingFields.has(field)) };
}

/** `<read><type>browse</type>…`: what the office's definition says (fact sheet §6.1). */
export function browseDefinition({ user }: Asked, root: XmlElement, books: OfficeBooks): XmlElement {
  const code = textOf(root, 'code') ?? '';
  const definition = definitionOf(books, code);
  const office = el('office', { name: books.profile.name, shortname: '' }, books.code);
  if (!definition) {
    const refused = refusedWith(MESSAGES.noBrowse(code), user.language);
    return el('browse', { result: '0' }, [office, el('code', refused, code)]);
  }
  return el('browse', { result: '1' }, [
    office,
    leaf('code', code),
    leaf('name', definition.name),
    leaf('shortname', definition.name),
    leaf('visible', 'true'),
    el(
      'columns',
      { code },
      definition.columns.map((column, nth) => columnXml(column, nth + 1)),
    ),
  ]);
}

const columnXml = ({ field, label, visible, operator, from, finderparam }: ColumnDefinition, id: number): XmlElement =>
  el('column', { id: String(id) }, [
    leaf('field', field),
    leaf('label', label),
    leaf('visible', String(visible)),
    leaf('ask', String(operator !== 'none')),
    leaf('operator', operator),
    leaf('from', from),
    leaf('to', from === '$DEFAULT$' ? from : ''),
    leaf('finderparam', finderparam),
  ]);
