import { readFileSync, readdirSync } from 'node:fs';
import { Liquid } from 'liquidjs';
import { InputError } from '../kernel/errors.js';
import { type Labels, loadLabels } from './labels.js';
import { CONFIRMATION_KINDS } from '../dossier/rules/confirmation.js';
import { LETTER_KINDS } from './rules/letter.js';
import type { Language } from './rules/localized.js';

/** The form a template is rendered in: `html` escapes every value, `text` (also the subject) none. */
export type Form = 'text' | 'html';

/** The words and layouts of one language. */
export interface LanguageTemplates {
  readonly labels: Labels;
  /**
   * Renders a template by name (`reminder.opening`, `message`). Throws when it does not exist, or names a variable or a filter that
   * does not: then the letter must not go out.
   */
  render(name: string, form: Form, scope: object): string;
  /** A value as it comes out of a template in HTML. */
  escape(value: string): string;
}

export type Templates = Readonly<Record<Language, LanguageTemplates>>;

type Sources = Readonly<Record<string, string>>;

const WORDS = ['law', 'reservation', 'objection', 'question', 'farewell'];
const KIND_PARTS = ['subject', 'opening', 'closing'];
const REQUIRED = [...WORDS, ...[...LETTER_KINDS, ...CONFIRMATION_KINDS].flatMap((kind) => KIND_PARTS.map((part) => `${kind}.${part}`))];

/**
 * Reads all templates under a folder (see config/templates/README.md); nothing is read from disk afterwards.
 * Throws {@link InputError} when a file is missing (`missing-file`) or a label is (`invalid-labels`).
 */
export function loadTemplates(root: string): Templates {
  const layouts = { text: readTemplates(`${root}/layout`, '.text.liquid'), html: readTemplates(`${root}/layout`, '.html.liquid') };
  const load = (language: Language): LanguageTemplates => loadLanguage(`${root}/${language}`, layouts);
  return { nl: load('nl'), en: load('en'), fr: load('fr') };
}

function loadLanguage(folder: string, layouts: Readonly<Record<Form, Sources>>): LanguageTemplates {
  const words = readTemplates(folder, '.liquid');
  for (const name of REQUIRED) {
    const file = `${folder}/${name}.liquid`;
    if (words[name] === undefined) throw new InputError('missing-file', `the letters need ${file}`, { file });
  }
  const strict = { strictVariables: true, strictFilters: true, ownPropertyOnly: true, cache: true };
  const engines: Readonly<Record<Form, Liquid>> = {
    text: new Liquid({ ...strict, templates: { ...words, ...layouts.text } }),
    html: new Liquid({ ...strict, templates: { ...words, ...layouts.html }, outputEscape: 'escape' }),
  };
  return {
    labels: loadLabels(`${folder}/labels.yml`),
    // Handed over as globals, because `{% render %}` gives a partial a scope of its own.
    render: (name, form, scope) => String(engines[form].renderFileSync(name, {}, { globals: scope })),
    escape: (value) => String(engines.html.parseAndRenderSync('{{ value }}', { value })),
  };
}

/** The templates of a folder by name, the ending taken off. */
function readTemplates(folder: string, ending: string): Sources {
  const files = namesIn(folder).filter((name) => name.endsWith(ending));
  return Object.fromEntries(files.map((name) => [name.slice(0, -ending.length), readFileSync(`${folder}/${name}`, 'utf8')]));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new InputError('missing-file', `cannot read the templates: ${(cause as Error).message}`, { file: folder });
  }
}
