import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import type { Format } from './format.js';
import { fill } from './words.js';

/** One uploaded file: the statements in it, or why it was refused whole. */
export type UploadFacts =
  | {
      readonly file: string;
      readonly statements: readonly {
        readonly iban: string;
        readonly through: PlainDate;
        readonly reconciles: boolean | null;
        readonly newLines: number;
        readonly knownLines: number;
      }[];
    }
  | { readonly file: string; readonly refused: { readonly message: string; readonly line?: number | undefined } };

export interface UploadShown {
  readonly file: string;
  readonly refused: string | null;
  readonly statements: readonly {
    readonly iban: string;
    readonly through: string;
    readonly newLines: string;
    readonly knownLines: string;
    readonly balance: Badge;
  }[];
}

export const showUploads = (uploads: readonly UploadFacts[], texts: Texts, format: Format): UploadShown[] =>
  uploads.map((upload) =>
    'refused' in upload
      ? { file: upload.file, refused: refusalWords(upload.refused, texts), statements: [] }
      : {
          file: upload.file,
          refused: null,
          statements: upload.statements.map(({ iban, through, reconciles, newLines, knownLines }) => ({
            iban,
            through: format.day(through),
            newLines: format.count(newLines),
            knownLines: format.count(knownLines),
            balance: balanceBadge(reconciles, texts),
          })),
        },
  );

function refusalWords({ message, line }: { readonly message: string; readonly line?: number | undefined }, { statements }: Texts): string {
  const where = line === undefined ? '' : ` (${fill(statements.at, { line })})`;
  return fill(statements.refused, { message: `${message}${where}` });
}

function balanceBadge(reconciles: boolean | null, { statements: { reconciles: words } }: Texts): Badge {
  if (reconciles === null) return { tone: 'quiet', words: words.unknown };
  return reconciles ? { tone: 'good', words: words.yes } : { tone: 'bad', words: words.no };
}
