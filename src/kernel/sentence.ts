/** The languages people read reasons and letters in. */
export const LANGUAGES = ['nl', 'en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One sentence in each language, with `{name}` where an argument goes. */
export type Sentence = Readonly<Record<Language, string>>;

export type SentenceArgs = Readonly<Record<string, string | number>>;

/** The sentence with its arguments filled in; a placeholder without an argument is a bug and throws. */
export function say(sentence: Sentence, args: SentenceArgs, language: Language): string {
  return sentence[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = args[name];
    if (value === undefined) throw new Error(`the sentence "${sentence.en}" needs the argument "${name}"`);
    return String(value);
  });
}

export const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);
