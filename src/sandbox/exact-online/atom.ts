import type { Answer } from '../wire/answer.js';
import type { Entity } from './render.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/** What comes back to a client that did not ask for JSON: a feed, with the fields only. */
export function atomAnswer(title: string, entities: readonly Entity[]): Answer {
  const entries = entities.map((entity) => {
    const properties = Object.entries(entity)
      .filter(([, value]) => typeof value !== 'object')
      .map(([name, value]) => `<d:${name}>${escape(String(value))}</d:${name}>`);
    return `<entry><content type="application/xml"><m:properties>${properties.join('')}</m:properties></content></entry>`;
  });
  const names =
    'xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"';
  const body = `<?xml version="1.0" encoding="utf-8"?><feed ${names}><title type="text">${escape(title)}</title>${entries.join('')}</feed>`;
  return { status: 200, contentType: 'application/atom+xml', body };
}
