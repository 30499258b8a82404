import { TWINFIELD } from '../vendor.js';
import { type XmlContent, type XmlElement, at, buildXml, childrenOf, textAt, walk } from './xml.js';

/** The requests of ProcessXml that only read (§5, §6). Each costs one credit, whatever it brings. */
export const listOffices = (): string => buildXml('list', { type: 'offices' });

/** Both elements, or the answer is a misleading "no access" (§5.1). */
export const readOffice = (office: string): string => buildXml('read', { type: 'office', office, code: office });

/** All customers in full detail (§5.2). */
export const readCustomers = (office: string): string => buildXml('read', { type: 'dimensions', office, dimtype: TWINFIELD.customerType });

export const readCustomer = (office: string, code: string): string =>
  buildXml('read', { type: 'dimensions', office, dimtype: TWINFIELD.customerType, code });

export const readDefinition = (office: string, code: string): string => buildXml('read', { type: 'browse', office, code });

export const readTransaction = (office: string, key: { readonly code: string; readonly number: string }): string =>
  buildXml('read', { type: 'transaction', office, code: key.code, number: key.number });

/** A question to the Finder (§5.3): options are pairs. The office is one of them, because the header's does not count here. */
export function finderSearch(
  type: string,
  pattern: string,
  options: Readonly<Record<string, string>>,
  { firstRow = 1, maxRows }: { readonly firstRow?: number; readonly maxRows: number },
): XmlContent {
  const pairs = Object.entries(options).map(([name, value]): XmlContent => ({ string: [name, value] }));
  return { type, pattern, field: '0', firstRow: String(firstRow), maxRows: String(maxRows), options: { ArrayOfString: pairs } };
}

/** What the Finder gave: rows of texts, the code first. */
export interface Found {
  readonly rows: readonly (readonly string[])[];
  /** How many there are in all, of which this is a page. */
  readonly total: number;
}

/** Reads an answer of the Finder. It has no faults: what is wrong with a question is a message of type Error in it (§3.2). */
export function foundIn(answer: XmlElement): Found | { readonly problem: string } {
  for (const { element } of walk(answer)) {
    if (element.name === 'MessageOfErrorCodes' && textAt(element, 'Type') === 'Error')
      return { problem: `${textAt(element, 'Text') ?? ''} (${textAt(element, 'Code') ?? 'without a code'})` };
  }
  const items = childrenOf(at(answer, 'data', 'Items'), 'ArrayOfString');
  const rows = items.map((item) => childrenOf(item, 'string').map(({ text }) => text.trim()));
  return { rows, total: Number(textAt(answer, 'data', 'TotalRows') ?? rows.length) };
}
