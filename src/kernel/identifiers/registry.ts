/** Numbers of trade registers. KvK (NL): eight digits, no check. KBO/BCE (BE): ten digits, the last two 97 − (first eight mod 97). */
export type RegistryScheme = 'nl-kvk' | 'be-kbo';

/** The number as the register writes it (digits only), or null when it cannot be one. */
export function normalizeRegistryNumber(scheme: RegistryScheme, text: string): string | null {
  const digits = text.replace(/^BE/i, '').replace(/[\s.]/g, '');
  if (scheme === 'nl-kvk') return /^\d{8}$/.test(digits) ? digits : null;
  const padded = digits.padStart(10, '0');
  if (!/^[01]\d{9}$/.test(padded)) return null;
  return 97 - (Number(padded.slice(0, 8)) % 97) === Number(padded.slice(8)) ? padded : null;
}
