/** "NOTPROVIDED" in its spellings (SEPA rulebooks write it in capitals; banks add blanks, hyphens and lower case). */
const NOT_PROVIDED = /^not[\s_-]*provided\.?$/i;

/** A reference, name or number of the file; null for nothing and for NOTPROVIDED. */
export const identification = (text: string | null): string | null => {
  if (text === null || text === '') return null;
  const first = text.charCodeAt(0);
  return (first === 0x4e || first === 0x6e) && NOT_PROVIDED.test(text) ? null : text;
};

/** Without blanks, upper case: the form in which account numbers are compared. */
export const compactAccount = (text: string): string => (/^[A-Z0-9]+$/.test(text) ? text : text.replace(/\s+/g, '').toUpperCase());

/** Compact, when it has the shape of an IBAN; whether its check digits are right is another matter. */
export const ibanShaped = (text: string): string | null => {
  const compact = compactAccount(text);
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact) ? compact : null;
};

/** Words by which German banks fill a name they do not have (camt053.md §3). */
const NAME_FILLERS = /^(?:keine information vorhanden|nicht (?:vorhanden|angegeben)|unbekannt)$/i;

export const partyName = (text: string | null): string | null => {
  const name = identification(text);
  return name === null || NAME_FILLERS.test(name) ? null : name;
};
