import type { InputError } from '../../../kernel/errors.js';
import type { PlainDate } from '../../../kernel/plain-date.js';

/** What is written beside a file of the watched folder. */
export interface FileReport {
  readonly imported: boolean;
  readonly text: string;
}

/** As much of an import as is told. */
export interface ImportTold {
  readonly statements: readonly {
    readonly iban: string;
    readonly through: PlainDate;
    readonly newLines: number;
    readonly knownLines: number;
  }[];
  readonly unassigned: readonly { readonly account: string; readonly owner: string | null }[];
  readonly warnings: readonly { readonly message: string; readonly path: string | null }[];
}

export const successReport = ({ statements, unassigned, warnings }: ImportTold): FileReport => ({
  imported: true,
  text: lines([
    ...statements.map(({ iban, through, newLines, knownLines }) => `${iban} through ${through}: ${newLines} new, ${knownLines} known`),
    ...unassigned.map(
      ({ account, owner }) =>
        `NOT imported: ${account}${owner === null ? '' : ` (${owner})`} is an account of no administration. Add it to one and put this file back.`,
    ),
    ...warnings.map(({ message, path }) => `Warning: ${message}${path === null ? '' : ` (${placeWords(path)})`}`),
  ]),
});

export function refusalReport({ code, message, place }: InputError): FileReport {
  const where = place.line === undefined ? '' : ` (line ${place.line}${place.column === undefined ? '' : `, column ${place.column}`})`;
  return { imported: false, text: lines([`Not imported: ${message}${where}`, `Code: ${code}`, 'Nothing of this file was stored.']) };
}

/** `statements[0].entries[3]` as people count: "statement 1, entry 4". */
const placeWords = (path: string): string =>
  path.replace(/^statements\[(\d+)\](?:\.entries\[(\d+)\])?$/, (_, statement: string, entry?: string) =>
    [`statement ${Number(statement) + 1}`, ...(entry === undefined ? [] : [`entry ${Number(entry) + 1}`])].join(', '),
  );

const lines = (texts: readonly string[]): string => `${texts.join('\n')}\n`;
