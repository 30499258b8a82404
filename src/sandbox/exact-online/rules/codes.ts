/** Codes of relations are blanks and then the code, 18 characters together (fact sheet §2, "Padding"). */
export const padAccountCode = (code: string): string => code.padStart(18, ' ');

/** Countries and VAT codes are filled up to three characters. */
export const padShortCode = (code: string): string => code.padEnd(3, ' ');

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
