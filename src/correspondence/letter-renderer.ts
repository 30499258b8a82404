import type { PlainDate } from '../kernel/plain-date.js';
import { type Result, ok } from '../kernel/result.js';
import { configPath } from '../platform/config/config-files.js';
import { sampleConfirmations } from './confirmation-samples.js';
import { sampleLetters } from './letter-samples.js';
import { type LetterPaper, paperOf } from './letter-paper.js';
import { qrPng } from './qr.js';
import { type ConfirmationLetter, type ConfirmationView, confirmationFacts, prepareConfirmation } from './rules/confirmation-view.js';
import { epcPayload } from './rules/epc-qr.js';
import type { Letter } from './rules/letter.js';
import { type LetterView, type PreparedLetter, prepareLetter } from './rules/letter-view.js';
import { contactFacts, missingFacts, requiredFacts } from './rules/required-facts.js';
import { singleLine } from './rules/single-line.js';
import { fill } from './rules/text-table.js';
import { type Form, type LanguageTemplates, type Templates, loadTemplates } from './templates.js';
import { instalmentsTable, letterTables, textTables } from './text-tables.js';

/** A file that goes along; with a `cid` the HTML shows it in place. */
export interface Attachment {
  readonly cid: string | null;
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export interface RenderedLetter {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** The same letter for a sheet of paper; absent where nothing is asked. Kept with the mail, not sent along. */
  readonly paper?: LetterPaper;
}

const QR_CID = 'payment-qr@tegoed';

/** Turns a letter into a mail through the templates of its language. Holds no state but the parsed templates. */
export class LetterRenderer {
  private readonly templates: Templates;

  /** Reads the templates once; throws `InputError` when files or labels are missing. */
  constructor(root = configPath('templates')) {
    this.templates = loadTemplates(root);
  }

  /**
   * The mail of a letter. Fails with the requirement of law or arithmetic the letter breaks (codes in rules/lawful.ts).
   * Throws when a template is broken: that stops the service at its start ({@link checkTemplates}), not a letter on its way.
   */
  async render(letter: Letter): Promise<Result<RenderedLetter>> {
    const prepared = prepareLetter(letter);
    if (!prepared.ok) return prepared;
    const payload = qrPayload(prepared.value);
    const qr = payload === null ? [] : [await paymentQr(payload)];
    return ok({ ...this.write(prepared.value.view, letter.date, payload), attachments: qr });
  }

  /**
   * The mail of a confirmation: no demand, so no table of items, no total and no payment code. Fails as `prepareConfirmation` does.
   * Throws when a template is broken, as {@link render} does.
   */
  renderConfirmation(letter: ConfirmationLetter): Result<RenderedLetter> {
    const prepared = prepareConfirmation(letter);
    return prepared.ok ? ok({ ...this.writeConfirmation(prepared.value), attachments: [] }) : prepared;
  }

  /** Renders a sample of every kind in every language, tone and legal setting. Throws with the first template that is broken. */
  checkTemplates(): void {
    for (const letter of sampleLetters()) {
      const prepared = prepareLetter(letter);
      if (!prepared.ok) throw new Error(`sample letter: ${prepared.error.message}`);
      this.write(prepared.value.view, letter.date, 'sample');
    }
    for (const letter of sampleConfirmations()) {
      const prepared = prepareConfirmation(letter);
      if (!prepared.ok) throw new Error(`sample confirmation: ${prepared.error.message}`);
      this.writeConfirmation(prepared.value);
    }
  }

  private writeConfirmation(view: ConfirmationView): Omit<RenderedLetter, 'attachments'> {
    const templates = this.templates[view.language];
    const subject = singleLine(templates.render(`${view.kind}.subject`, 'text', view), 200);
    const scope = { ...view, subject, labels: templates.labels };
    const html = templates.render('confirmation', 'html', { ...scope, ...wording(templates, 'html', view, ['question']) });
    const tables = { instalments: instalmentsTable(view.instalments, templates.labels) };
    const words = wording(templates, 'text', view, ['question']);
    const text = plain(templates.render('confirmation', 'text', { ...scope, ...words, tables, newLine: '\n', blankLine: '\n\n' }));
    assertTold(confirmationFacts(view), text, html, templates, view, 'question');
    return { subject, text, html };
  }

  private write(view: LetterView, date: PlainDate, qr: string | null): Omit<RenderedLetter, 'attachments'> {
    const templates = this.templates[view.language];
    const subject = singleLine(templates.render(`${view.kind}.subject`, 'text', view), 200);
    const scope = { ...view, subject, labels: templates.labels, qr: qr === null ? null : QR_CID };
    const html = templates.render('message', 'html', { ...scope, ...wording(templates, 'html', view, CLOSINGS) });
    const words = wording(templates, 'text', view, CLOSINGS);
    const tables = letterTables(view, templates.labels);
    const filling = { tables: textTables(tables), newLine: '\n', blankLine: '\n\n' };
    const text = plain(templates.render('message', 'text', { ...scope, ...words, ...filling }));
    assertTold(requiredFacts(view), text, html, templates, view, 'objection');
    return { subject, text, html, paper: paperOf({ view, labels: templates.labels, words, tables, subject, date, qr }) };
  }
}

let shipped: LetterRenderer | null = null;

/** Over the shipped templates, read and tried out once in a process: they do not change while it runs. Throws with what is broken. */
export function shippedLetters(): LetterRenderer {
  if (shipped !== null) return shipped;
  const renderer = new LetterRenderer();
  renderer.checkTemplates();
  return (shipped = renderer);
}

/** What every letter that asks for money ends with. */
const CLOSINGS = ['law', 'reservation', 'objection'];

/** The paragraphs around the tables. */
export type Wording = Readonly<Record<'opening' | 'closing' | 'farewell', string[]>>;

/** The paragraphs, from the words that text and HTML share. */
function wording(templates: LanguageTemplates, form: Form, view: LetterView | ConfirmationView, closings: readonly string[]): Wording {
  const paragraphs = (name: string): string[] =>
    templates
      .render(name, form, view)
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== '')
      .map((paragraph) => (view.language === 'fr' ? keepPunctuation(paragraph) : paragraph))
      .map((paragraph) => (form === 'text' ? fill(paragraph) : paragraph));
  return {
    opening: paragraphs(`${view.kind}.opening`),
    closing: [`${view.kind}.closing`, ...closings].flatMap(paragraphs),
    farewell: paragraphs('farewell'),
  };
}

/** French sets a blank before double punctuation; it must not begin a line. */
const keepPunctuation = (paragraph: string): string => paragraph.replace(/ ([:;?!])/g, '\u00a0$1');

/** Blanks that do not break have done their work once lines are filled: plain ones can be searched for and copied. */
const plain = (text: string): string =>
  `${text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

/** Throws when something a letter must say did not come out: a template lost it. `whomToAsk` is the template that names the contact. */
function assertTold(
  facts: readonly string[],
  text: string,
  html: string,
  templates: LanguageTemplates,
  view: LetterView | ConfirmationView,
  whomToAsk: string,
): void {
  const missing = [
    ...missingFacts(text, facts),
    ...missingFacts(
      html,
      facts.map((fact) => templates.escape(fact)),
    ),
    // Asked of the sentence itself: the address also stands under the name of the sender.
    ...missingFacts(templates.render(whomToAsk, 'text', view), contactFacts(view)),
  ];
  if (missing.length > 0) {
    throw new Error(`the ${view.language} templates of ${view.kind} lost: ${[...new Set(missing)].join(' | ')}`);
  }
}

/** What the QR code of the payment says, or null where there is nothing to pay in euro or the data do not fit one. */
function qrPayload({ transfer }: PreparedLetter): string | null {
  const payload = transfer && epcPayload(transfer);
  return payload?.ok ? payload.value : null;
}

const paymentQr = async (payload: string): Promise<Attachment> => ({
  ...{ cid: QR_CID, filename: 'payment-qr.png', contentType: 'image/png' },
  content: await qrPng(payload),
});
