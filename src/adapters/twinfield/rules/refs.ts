/** A line of a transaction: what an open item is (§6.3). Invoice numbers are free text and not unique; this is. */
export interface LineKey {
  readonly code: string;
  readonly number: string;
  readonly line: string;
}

/** `VRK/202500318/1` */
export const refOf = ({ code, number, line }: LineKey): string => `${code}/${number}/${line}`;

/** Null when it is no ref of this adapter. */
export function parseItemRef(ref: string): LineKey | null {
  const [, code, number, line] = /^([^/\s]{1,16})\/(\d{1,15})\/(\d{1,5})$/.exec(ref) ?? [];
  return code && number && line ? { code, number, line } : null;
}

/** An office of one organisation. */
export interface OfficeRef {
  readonly organisation: string;
  readonly office: string;
}

/** `KORENAAR/KD01`: codes of offices are unique within their organisation only, and half of them are called `001`. */
export const officeRef = ({ organisation, office }: OfficeRef): string => `${organisation}/${office}`;

/** Null when it is no ref of this adapter. */
export function parseOfficeRef(ref: string): OfficeRef | null {
  const [organisation = '', office = '', ...more] = ref.split('/');
  return isCode(organisation) && isCode(office) && more.length === 0 ? { organisation, office } : null;
}

/** Codes of organisations, offices and customers go into requests as they are; what cannot be one is refused before anything is sent. */
export const isCode = (text: string): boolean => /^[^\s/<>&"'\p{Cc}]{1,36}$/u.test(text);
