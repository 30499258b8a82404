/** A sentence that depends on a number, in the forms a language has for it. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** The sentence with its `{name}` arguments filled in; an argument that is not given stays visible, so that it is noticed. */
export const fill = (sentence: string, args: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(args, name) ? String(args[name]) : placeholder));

/** The word for a code; a code that has none is shown as it is. */
export const wordFor = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;

/** The word for a code that came from outside (an address), null when there is none. */
export const knownWord = (words: Readonly<Record<string, string>>, code: unknown): string | null =>
  typeof code === 'string' && Object.hasOwn(words, code) ? (words[code] ?? null) : null;
