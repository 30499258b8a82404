import { type XmlElement, walk } from './xml.js';

/** One text of the vendor, in the language of the user, and the element it stands on: `dimension/creditmanagement/comment`. */
export interface Message {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly text: string;
}

/** What came of one object. A success may have warnings. */
export interface Judgement {
  readonly ok: boolean;
  readonly messages: readonly Message[];
}

/**
 * Judges an object by all that is in it (§3.1): the status of HTTP says nothing, the element itself may be silent, and the words stand on
 * the deepest element that offended. A warning alone fails nothing; with `result="0"` beside it, it does.
 */
export function judge(object: XmlElement): Judgement {
  const messages: Message[] = [];
  let ok = true;
  for (const { element, path } of walk(object)) {
    const { result, msgtype, msg = '' } = element.attributes;
    if (result === '0' || msgtype === 'error') ok = false;
    const severity = msgtype === 'warning' ? 'warning' : 'error';
    for (const text of textsIn(msg)) messages.push({ severity, path, text });
  }
  return { ok, messages };
}

/** Whether an object that was asked for by its code is refused for that code alone: there is none of it (§3.1). */
export const isAboutCode = ({ messages }: Judgement): boolean =>
  messages.length > 0 && messages.every(({ path }) => path.split('/').at(-1) === 'code');

/** Several texts share one attribute (§3.1). Addresses keep their slashes. */
const textsIn = (msg: string): string[] =>
  msg
    .split(/(?<!:)\/\//)
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** For people: every text once, with the field it is about. */
export function wordsOf({ messages }: Judgement): string {
  const lines = messages.map(({ path, text }) => `${text} (${path.split('/').at(-1) ?? path})`);
  return [...new Set(lines)].join('; ').slice(0, 500);
}

/** Each object of a batch with what came of it; a refused one says nothing of the others (§3.1). */
export const judgeEach = (batch: XmlElement, name: string): { readonly object: XmlElement; readonly judgement: Judgement }[] =>
  (batch.name === name ? [batch] : batch.children.filter((child) => child.name === name)).map((object) => ({
    object,
    judgement: judge(object),
  }));
