import { fold } from './normalize.js';

/** Legal forms, titles and fillers: they tell nobody apart. Folded, without dots. */
const NOISE = new Set(
  (
    'BV NV VOF CV BVBA SPRL SRL SA SAS SARL SASU GMBH UG AG KG OHG EK EV LTD LIMITED PLC LLC INC CORP CO AB OY AS APS SPA SL MAATSCHAP EENMANSZAAK ' +
    'COMM CVBA SCRL VZW ASBL HOLDING BEHEER INZAKE INZ DHR DE HEER HR MW MEVR MEVROUW MR MRS MS MISS MME MLLE MONSIEUR MADAME M HERR FRAU DR IR ' +
    'ING PROF DRS VAN DER DEN HET THE LE LA LES DU DES VON TER TE T AND EN ET UND OF'
  ).split(' '),
);

/** A name in the parts that tell apart: folded words without legal forms, titles and particles; all words when nothing else is left. */
export function nameTokens(name: string): string[] {
  const words = fold(name)
    .replace(/\b([A-Z])\.(?=[A-Z]\b)/g, '$1')
    .replace(/['’`.]/g, '')
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !NOISE.has(word));
  return telling.length > 0 ? telling : words;
}

/** "Hr J Jansen e/o Mw P de Vries" is two people: either may be the debtor. */
export const holdersOf = (name: string): string[] =>
  name.split(/\s+(?:e\/o|en\/of|and\/or|et\/ou|c\/o|inz\.?|t\.?n\.?v\.?|p\/a)\s+/i).filter((holder) => holder.trim() !== '');

/** Lookup key of a whole name: order of words does not matter. */
export const nameKey = (tokens: readonly string[]): string => [...tokens].sort().join(' ');

/**
 * `same` every telling word agrees (any order, glued or not); `alike` the shorter one is contained in the longer: abbreviations, initials,
 * a cut at 27, 32, 35 or 70 characters; `near` the same but for one letter, which may just as well be somebody else; else `different`.
 */
export type NameAgreement = 'same' | 'alike' | 'near' | 'different';

export function compareNames(payer: readonly string[], debtor: readonly string[]): NameAgreement {
  if (payer.length === 0 || debtor.length === 0) return 'different';
  const [a, b] = [payer.join(''), debtor.join('')];
  if (a === b || nameKey(payer) === nameKey(debtor)) return 'same';
  if (contained(payer, debtor) || contained(debtor, payer) || isCut(a, b)) return 'alike';
  if (payer.length === debtor.length && oneWordOneLetter(payer, debtor)) return 'near';
  return payer.length !== debtor.length && a.length >= 6 && oneLetterApart(a, b) ? 'near' : 'different';
}

/** A cut name: at least 12 letters agree from the start, and nothing follows in the shorter one. */
const isCut = (a: string, b: string): boolean => Math.min(a.length, b.length) >= 12 && (a.startsWith(b) || b.startsWith(a));

/** Whether each word of `few` stands in `many` in full, abbreviated or as initial, and they carry at least half of its letters. */
function contained(few: readonly string[], many: readonly string[]): boolean {
  if (few.length > many.length) return false;
  const free = [...many];
  let full = 0;
  let letters = 0;
  for (const word of few) {
    let at = free.indexOf(word);
    if (at >= 0) full += word.length >= 4 ? 1 : 0;
    else at = free.findIndex((other) => abbreviates(word, other) || abbreviates(other, word));
    if (at < 0) return false;
    letters += Math.max(word.length, (free[at] as string).length);
    free.splice(at, 1);
  }
  const all = many.reduce((total, word) => total + word.length, 0);
  return full > 0 && letters * 2 >= all;
}

const abbreviates = (short: string, long: string): boolean =>
  short.length < long.length && (short.length === 1 || short.length >= 3) && long.startsWith(short);

function oneWordOneLetter(a: readonly string[], b: readonly string[]): boolean {
  const left = a.filter((word) => !b.includes(word));
  const right = b.filter((word) => !a.includes(word));
  return (
    left.length === 1 && right.length === 1 && (left[0] as string).length >= 4 && oneLetterApart(left[0] as string, right[0] as string)
  );
}

/** One letter replaced, left out, added, or two neighbours swapped. Compares in place: it is asked for every item of a debtor. */
export function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  let end = 0;
  while (end < shorter - at && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  const [leftA, leftB] = [a.length - at - end, b.length - at - end];
  if (leftA <= 1 && leftB <= 1) return true;
  return leftA === 2 && leftB === 2 && a[at] === b[at + 1] && a[at + 1] === b[at];
}
