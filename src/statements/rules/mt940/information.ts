import { compactAccount, ibanShaped, identification, partyName } from '../identification.js';
import type { Counterparty, StructuredReference } from '../statement.js';

/** A reference, unless the bank only says that there is none. */
const reference = (text: string | undefined): string | null => {
  const found = identification(text?.trim() ?? null);
  return found === 'NONREF' ? null : found;
};

/** What could be understood of a `:86:` field. */
export interface Information {
  readonly endToEndId: string | null;
  readonly mandateId: string | null;
  readonly paymentInformationId: string | null;
  readonly purpose: string | null;
  readonly returnCode: string | null;
  readonly counterparty: Counterparty | null;
  readonly structuredReferences: readonly StructuredReference[];
  readonly unstructured: readonly string[];
  /** The German business transaction code (GVC), three digits. */
  readonly transactionCode: string | null;
}

type Found = Partial<Record<'name' | 'iban' | 'other' | 'bic' | 'country' | 'ultimateName', string>>;

function counterpartyOf(found: Found): Counterparty | null {
  const account = identification(found.iban?.trim() ?? null);
  const iban = account === null ? null : ibanShaped(account);
  const counterparty = {
    name: partyName(found.name?.trim() ?? null),
    iban,
    other: identification(found.other?.trim() ?? null) ?? (iban === null && account !== null ? compactAccount(account) : null),
    bic: identification(found.bic?.trim() ?? null),
    country: identification(found.country?.trim() ?? null),
    ultimateName: partyName(found.ultimateName?.trim() ?? null),
  };
  return Object.values(counterparty).some((value) => value !== null) ? counterparty : null;
}

/**
 * Reads the text of a payment in the dialects Dutch, Belgian and German banks write (camt053.md §8): `/EREF/…/REMI/…` words,
 * German `?20…?32` fields, Knab's `REK:`/`NAAM:`, else plain lines. Nothing is guessed from plain text.
 */
export function readInformation(lines: readonly string[]): Information {
  const joined = lines.join('');
  if (/^\s*\d{3}[?>]\d\d/.test(joined)) return readGerman(joined.trim());
  if (/^\s*\/[A-Z]{2,4}\//.test(joined)) return readSlashed(joined.trim());
  return readPlain(lines);
}

const NOTHING: Information = {
  endToEndId: null,
  mandateId: null,
  paymentInformationId: null,
  purpose: null,
  returnCode: null,
  counterparty: null,
  structuredReferences: [],
  unstructured: [],
  transactionCode: null,
};

/** Words that begin a part in the Dutch dialects; others stay text, so that "/2025/" in a remittance does not cut it. */
const WORDS =
  'TRTP|TRCD|EREF|PREF|KREF|MARF|CSID|CNTP|REMI|PURP|RTRN|IBAN|BIC|NAME|BENM|ORDP|ISDT|ADDR|ID|ULTB|ULTC|ULTD|SWOD|SWOC|OCMT|CHGS|EXCH|NRTX|BUSP|INIT|OAMT|ISTA|FX|ORIG';
const WORD = new RegExp(`/(${WORDS})/`, 'g');

function readSlashed(text: string): Information {
  const parts = new Map<string, string>();
  const starts = [...text.matchAll(WORD)];
  starts.forEach((match, index) => {
    const from = match.index + match[0].length;
    // Two words may share the slash between them, then the next match begins one earlier than its text.
    const value = text.slice(from, starts[index + 1]?.index ?? text.length);
    // "/ULTD//NAME/…": whose name it is stands before it.
    const before = starts[index - 1]?.[1] ?? '';
    const word = match[1] === 'NAME' && before.startsWith('ULT') ? before : (match[1] as string);
    if (!parts.get(word)) parts.set(word, value.replace(/^\/+$/, ''));
  });
  const part = (word: string): string | null => reference(parts.get(word)?.replace(/^\/+|\/+$/g, ''));
  const [iban, bic, ...nameAndCity] = (parts.get('CNTP') ?? '').split('/');
  // Behind the name a city and the slash that closes the field; what more there is are slashes of the name ("J. Jansen e/o P. Vries").
  const name = nameAndCity.length > 2 ? nameAndCity.slice(0, -2).join('/') : nameAndCity[0];
  const remittance = readRemittance(parts.get('REMI') ?? '');
  return {
    ...NOTHING,
    ...remittance,
    endToEndId: part('EREF'),
    mandateId: part('MARF'),
    paymentInformationId: part('PREF'),
    purpose: part('PURP')?.replace(/^CD\//, '') ?? null,
    returnCode: part('RTRN')?.split('/')[0] ?? null,
    counterparty: counterpartyOf({
      name: name || part('NAME') || undefined,
      iban: iban || part('IBAN') || undefined,
      bic: bic || part('BIC') || undefined,
      ultimateName: part('ULTD')?.replace(/^NAME\//, '') ?? part('ULTC')?.replace(/^NAME\//, '') ?? part('ULTB') ?? undefined,
    } as Found),
  };
}

/** `USTD//text/`, `STRD/CUR/reference/`, or the text itself. */
function readRemittance(text: string): Pick<Information, 'structuredReferences' | 'unstructured'> {
  const structured = /^STRD\/([A-Z]*)\/([^/]+)/.exec(text);
  if (structured) {
    return {
      structuredReferences: [{ reference: (structured[2] as string).trim(), type: 'SCOR', issuer: structured[1] || null }],
      unstructured: [],
    };
  }
  const plain = text
    .replace(/^USTD\/\/?/, '')
    .replace(/\/+$/, '')
    .trim();
  return { structuredReferences: [], unstructured: plain === '' ? [] : [plain] };
}

/** SEPA tags inside the German text fields. */
const SEPA_TAG = /(?:(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|RREF|IBAN|BIC)\+|(MTLG):)/g;

function readGerman(text: string): Information {
  const separator = text[3] as string;
  const fields = new Map<number, string>();
  for (const piece of text.slice(3).split(separator).slice(1)) {
    const [, number, value = ''] = /^(\d\d)(.*)$/.exec(piece) ?? [];
    // A separator inside a text has no field number behind it and belongs to the field before.
    const last = [...fields.keys()].at(-1);
    if (number !== undefined) fields.set(Number(number), (fields.get(Number(number)) ?? '') + value);
    else if (last !== undefined) fields.set(last, `${fields.get(last)}${separator}${piece}`);
  }
  const remittance = [...fields].flatMap(([number, value]) =>
    (number >= 20 && number <= 29) || (number >= 60 && number <= 63) ? [value] : [],
  );
  // The fields are pieces of 27 characters when SEPA tags run through them, else lines of their own.
  const tags = readSepaTags(remittance.join(''));
  const unstructured = tags.size === 0 ? remittance : [tags.get('SVWZ') ?? ''];
  return {
    ...NOTHING,
    endToEndId: reference(tags.get('EREF')),
    mandateId: reference(tags.get('MREF')),
    paymentInformationId: reference(tags.get('KREF')),
    purpose: reference(tags.get('PURP')),
    counterparty: counterpartyOf({
      name: `${fields.get(32) ?? ''}${fields.get(33) ?? ''}`.replace(/\s{2,}/g, ' '),
      iban: fields.get(38) ?? fields.get(31) ?? tags.get('IBAN') ?? '',
      bic: fields.get(30) ?? tags.get('BIC') ?? '',
      ultimateName: tags.get('ABWA') ?? '',
    }),
    unstructured: unstructured.map((line) => line.trim()).filter((line) => line !== ''),
    transactionCode: text.slice(0, 3),
  };
}

function readSepaTags(text: string): Map<string, string> {
  const tags = new Map<string, string>();
  const starts = [...text.matchAll(SEPA_TAG)];
  starts.forEach((match, index) => {
    const value = text.slice(match.index + match[0].length, starts[index + 1]?.index ?? text.length);
    const tag = (match[1] ?? match[2]) as string;
    if (!tags.has(tag)) tags.set(tag, value);
  });
  return tags;
}

/** Knab: `REK: NL…/NAAM: …` on the last line. */
const ACCOUNT_AND_NAME = /^REK: ?([A-Z]{2}\d{2}[A-Z0-9]+)\/NAAM: ?(.+)$/;

function readPlain(lines: readonly string[]): Information {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  const [, iban, name] = ACCOUNT_AND_NAME.exec(filled.at(-1) ?? '') ?? [];
  if (iban === undefined || name === undefined) return { ...NOTHING, unstructured: filled };
  return { ...NOTHING, unstructured: filled.slice(0, -1), counterparty: counterpartyOf({ iban, name }) };
}
