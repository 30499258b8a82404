import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import type { Format } from './format.js';
import { fill } from './words.js';

/** One uploaded file: what was in it, or why it was refused whole. */
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
      readonly unassigned: readonly { readonly account: string }[];
      readonly warnings: readonly { readonly message: string; readonly path: string | null }[];
    }
  | { readonly file: string; readonly error: { readonly message: string; readonly line?: number | undefined } };

export interface UploadShown {
  readonly file: string;
  /** What a person has to know or do about it; the first is why it was refused, if it was. */
  readonly remarks: readonly { readonly tone: Badge['tone']; readonly words: string }[];
  readonly statements: readonly {
    readonly iban: string;
    readonly through: string;
    readonly newLines: string;
    readonly knownLines: string;
    readonly balance: Badge;
  }[];
}

/** Warnings shown of one file. */
const WARNINGS_SHOWN = 5;

export const showUploads = (uploads: readonly UploadFacts[], texts: Texts, format: Format): UploadShown[] =>
  uploads.map((upload) =>
    'error' in upload
      ? { file: upload.file, remarks: [{ tone: 'bad', words: refusalWords(upload.error, texts) }], statements: [] }
      : {
          file: upload.file,
          remarks: [
            ...upload.unassigned.map(({ account }) => ({
              tone: 'attention' as const,
              words: fill(texts.statements.keptAside, { account }),
            })),
            ...upload.warnings.slice(0, WARNINGS_SHOWN).map(({ message, path }) => ({
              tone: 'quiet' as const,
              words: path === null ? message : `${message} (${path})`,
            })),
          ],
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

/** The statements of an administration, as `StatementsOverview` tells them. */
export interface StatementsFacts {
  readonly statements: readonly {
    readonly file: string;
    readonly bankId: string | null;
    readonly iban: string;
    readonly sequence: number | null;
    readonly from: PlainDate | null;
    readonly through: PlainDate;
    readonly closing: string | null;
    readonly currency: string;
    readonly reconciles: boolean | null;
    readonly lines: number;
    readonly supersededBy: string | null;
    readonly importedAt: string;
  }[];
  readonly findings: readonly {
    readonly id: string;
    readonly iban: string;
    readonly message: string;
    readonly knownThrough: PlainDate | null;
    readonly acceptedAt: string | null;
  }[];
  readonly pending: readonly {
    readonly iban: string;
    readonly day: PlainDate;
    readonly amount: string;
    readonly currency: string;
    readonly counterparty: string | null;
    readonly description: string;
  }[];
}

/** Announcements shown: a page is no export. */
const PENDING_SHOWN = 50;
/** Statements shown. */
const STATEMENTS_SHOWN = 100;

/** What came, what a person should look at, and what is announced; what was accepted before is left out. */
export function showStatements({ statements, findings, pending }: StatementsFacts, texts: Texts, format: Format): object {
  const words = texts.statements;
  return {
    statements: statements.slice(0, STATEMENTS_SHOWN).map((statement) => ({
      iban: statement.iban,
      number: statement.sequence ?? statement.bankId ?? texts.none,
      period: periodOf(statement, format),
      closing: statement.closing === null ? texts.none : format.amount(statement.closing, statement.currency),
      lines: format.count(statement.lines),
      balance: statement.supersededBy === null ? balanceBadge(statement.reconciles, texts) : { tone: 'quiet', words: words.corrected },
      file: statement.file,
      imported: format.moment(statement.importedAt),
    })),
    findings: findings
      .filter(({ acceptedAt }) => acceptedAt === null)
      .map(({ id, iban, message, knownThrough }) => ({
        id,
        iban,
        message,
        holds: knownThrough === null ? null : fill(words.holds, { day: format.day(knownThrough) }),
      })),
    pending: pending.slice(0, PENDING_SHOWN).map(({ iban, day, amount, currency, counterparty, description }) => ({
      iban,
      day: format.day(day),
      amount: format.amount(amount, currency),
      counterparty: counterparty ?? texts.none,
      description,
    })),
  };
}

const periodOf = ({ from, through }: { readonly from: PlainDate | null; readonly through: PlainDate }, format: Format): string =>
  from === null || from === through ? format.day(through) : `${format.day(from)} – ${format.day(through)}`;

/** An account that waits for an owner. */
export interface UnassignedFacts {
  readonly account: string;
  readonly owner: string | null;
  readonly files: readonly { readonly file: string; readonly statements: number; readonly keptAt: string }[];
}

export const showUnassigned = (accounts: readonly UnassignedFacts[], texts: Texts, format: Format): object[] =>
  accounts.map(({ account, owner, files }) => ({
    account,
    owner: owner ?? texts.none,
    files: files.map(({ file, statements, keptAt }) =>
      fill(texts.statements.keptFile, {
        file,
        statements: format.counted(statements, texts.statements.counted),
        moment: format.moment(keptAt),
      }),
    ),
  }));
