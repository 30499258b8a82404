import { type PlainDate, parsePlainDate } from '../../../kernel/plain-date.js';

/** `20250331`, also with a time behind it: calendar days of Amsterdam (§2.1). Null when it is neither. */
export function dateOf(text: string | null): PlainDate | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)(\d{6})?$/.exec(text ?? '') ?? [];
  const date = parsePlainDate(`${year}-${month}-${day}`);
  return date.ok ? date.value : null;
}

/** As Twinfield writes it. */
export const wireDate = (date: PlainDate): string => date.replaceAll('-', '');
