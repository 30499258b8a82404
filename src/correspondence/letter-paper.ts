import type { PlainDate } from '../kernel/plain-date.js';
import type { Labels } from './labels.js';
import type { Wording } from './letter-renderer.js';
import type { LetterView } from './rules/letter-view.js';
import type { Language } from './rules/localized.js';
import type { TextTable } from './rules/text-table.js';
import type { LetterTables } from './text-tables.js';

/**
 * A letter as it is set on paper: every word and figure written out, nothing left to decide or to look up. Kept as JSON with the mail
 * that went out, so that the sheet made of it says what the mail said, whatever changed since in the books, the law or the templates.
 */
export interface LetterPaper {
  readonly language: Language;
  /** The day it was written. */
  readonly date: PlainDate;
  readonly subject: string;
  /** Name first, then what stands under it. */
  readonly sender: readonly string[];
  readonly debtor: string;
  /** Date and customer number, labelled. */
  readonly marks: readonly string[];
  readonly blocks: readonly PaperBlock[];
}

/** The parts below the subject, in the order of the mail. */
export type PaperBlock =
  | { readonly kind: 'paragraph' | 'heading'; readonly text: string }
  | { readonly kind: 'table'; readonly table: TextTable }
  /** The last row is what it comes to. */
  | { readonly kind: 'totals'; readonly table: TextTable }
  | { readonly kind: 'payment'; readonly heading: string; readonly table: TextTable; readonly qr: PaperQr | null };

export interface PaperQr {
  /** The text in the code (see `epcPayload`). */
  readonly payload: string;
  readonly caption: string;
}

interface Written {
  readonly view: LetterView;
  readonly labels: Labels;
  readonly words: Wording;
  readonly tables: LetterTables;
  readonly subject: string;
  readonly date: PlainDate;
  readonly qr: string | null;
}

/** The paper of a letter, from the words and tables its mail is made of. */
export function paperOf({ view, labels, words, tables, subject, date, qr }: Written): LetterPaper {
  const { creditor, debtor, account } = view;
  const labelled = (label: string | undefined, value: string | null): string[] =>
    value === null ? [] : [`${label ?? ''}${labels.colon} ${value}`];
  const paragraphs = (texts: readonly string[]): PaperBlock[] => texts.map((text) => ({ kind: 'paragraph', text: onOneLine(text) }));
  const titled = (text: string, table: TextTable | null): PaperBlock[] =>
    table === null
      ? []
      : [
          { kind: 'heading', text },
          { kind: 'table', table },
        ];
  return {
    ...{ language: view.language, date, subject, debtor: debtor.name },
    sender: [
      ...[creditor.name, ...creditor.addressLines],
      ...labelled(labels.phone, creditor.phone),
      ...labelled(labels.email, creditor.email),
      ...(creditor.registry ? labelled(labels.registry[creditor.registry.scheme], creditor.registry.id) : []),
      ...labelled(labels.vat, creditor.vatId),
    ],
    marks: [...labelled(labels.date, view.date), ...labelled(labels.debtorNumber, debtor.number)],
    blocks: [
      ...paragraphs(words.opening),
      ...(tables.items ? [{ kind: 'table', table: tables.items } as const] : []),
      { kind: 'totals', table: tables.totals },
      ...(account ? titled(`${labels.account}, ${account.from} - ${account.to}`, tables.account) : []),
      ...titled(labels.ageing, tables.ageing),
      ...(tables.payment ? [{ kind: 'payment', heading: labels.payment, table: tables.payment, qr: codeOf(qr, labels) } as const] : []),
      ...paragraphs([...words.closing, ...words.farewell, creditor.name]),
    ],
  };
}

/** Paragraphs of a mail are filled to its width; paper has its own. */
const onOneLine = (paragraph: string): string => paragraph.replaceAll('\n', ' ');

const codeOf = (payload: string | null, { qr: caption }: Labels): PaperQr | null => (payload === null ? null : { payload, caption });
