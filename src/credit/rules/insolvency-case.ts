import { type XmlElement, at, childrenOf, textAt, walk } from '../../adapters/twinfield/rules/xml.js';
import { type PlainDate, parsePlainDate } from '../../kernel/plain-date.js';
import type { Proceeding } from './findings.js';

/** The letter an insolvency number begins with: `F.01/26/123`. */
const KIND_OF: Readonly<Record<string, Proceeding['kind']>> = { F: 'bankruptcy', S: 'moratorium', R: 'debt-restructuring' };

/** How the register words an end; whatever is not worded so goes on. */
const ENDED = /be[eë]indig|einde|ophef|vernietig|ingetrokken|afgewezen|omgezet/i;

/** Publications of a search, without those of the same case twice. Null: not the answer of a search. */
export function publicationsIn(result: XmlElement): readonly string[] | null {
  const list = find(result, 'publicatieLijst');
  if (!list) return null;
  return [
    ...new Set([...walk(list)].filter(({ element }) => element.name === 'publicatieKenmerk').map(({ element }) => element.text.trim())),
  ];
}

/** The case a publication belongs to; null: not the answer it should be. */
export function proceedingIn(result: XmlElement): Proceeding | null {
  const insolvent = find(result, 'insolvente');
  const number = textAt(insolvent, 'insolventienummer');
  if (!insolvent || number === null) return null;
  const publications = childrenOf(at(insolvent, 'publicatiegeschiedenis'), 'publicatie')
    .map((publication) => ({
      on: dayIn(textAt(publication, 'publicatieDatum')),
      words: textAt(publication, 'publicatieOmschrijving') ?? '',
    }))
    .sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1));
  const words = publications.map((one) => one.words).join(' ');
  return {
    kind: KIND_OF[number.slice(0, 1).toUpperCase()] ?? kindIn(words),
    number,
    since: publications.find(({ on }) => on !== null)?.on ?? null,
    court: textAt(insolvent, 'behandelendeInstantieNaam'),
    trustee: trusteeIn(insolvent),
    // The last word counts; no word of an end: it goes on. Wrongly going on stops a reminder, wrongly ended sends one.
    ended: ENDED.test(publications.at(-1)?.words ?? ''),
  };
}

const kindIn = (words: string): Proceeding['kind'] =>
  /surseance/i.test(words) ? 'moratorium' : /schuldsanering/i.test(words) ? 'debt-restructuring' : 'bankruptcy';

function trusteeIn(insolvent: XmlElement): string | null {
  const trustee = find(insolvent, 'cbv');
  const parts = ['titulatuur', 'voorletters', 'voorvoegsel', 'achternaam'].flatMap((name) => textAt(trustee, name) ?? []);
  return parts.length === 0 ? null : parts.join(' ');
}

function dayIn(text: string | null): PlainDate | null {
  const day = parsePlainDate((text ?? '').slice(0, 10));
  return day.ok ? day.value : null;
}

const find = (root: XmlElement, name: string): XmlElement | undefined =>
  [...walk(root)].find(({ element }) => element.name === name)?.element;
