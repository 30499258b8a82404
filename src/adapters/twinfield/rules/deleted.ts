import type { LineKey } from './refs.js';
import { type XmlElement, textAt, walk } from './xml.js';

export type DeletedTransaction = Pick<LineKey, 'code' | 'number'>;

/** The transactions in an answer of the service for deletions (§6.7), wherever in it they stand. */
export function deletedIn(answer: XmlElement): readonly DeletedTransaction[] {
  const deleted: DeletedTransaction[] = [];
  for (const { element } of walk(answer)) {
    const [code, number] = [textAt(element, 'Daybook'), textAt(element, 'TransactionNumber')];
    if (code !== null && number !== null) deleted.push({ code, number });
  }
  return deleted;
}
