import type { ColumnOptions } from 'typeorm';

/**
 * Column kinds the entities share. PostgreSQL's bigint comes as text from the driver: amounts are minor units within the safe range
 * (kernel/money.ts), so they are turned into numbers, and one that does not fit stops the reading instead of being rounded.
 */
const toMinor = (text: string | number | null): number | null => {
  if (text === null) return null;
  const minor = Number(text);
  if (!Number.isSafeInteger(minor)) throw new Error(`amount in the database outside the safe range: ${text}`);
  return minor;
};

export const minor: ColumnOptions = { type: 'bigint', transformer: { to: (value: unknown) => value, from: toMinor } };
export const optionalMinor: ColumnOptions = { ...minor, nullable: true };
export const optionalText: ColumnOptions = { type: 'text', nullable: true };
/** A `date`: stays text `YYYY-MM-DD`, never a Date of some time zone. */
export const day: ColumnOptions = { type: 'date' };
export const optionalDay: ColumnOptions = { type: 'date', nullable: true };
export const instant: ColumnOptions = { type: 'timestamptz' };
export const optionalInstant: ColumnOptions = { type: 'timestamptz', nullable: true };
export const texts: ColumnOptions = { type: 'text', array: true, default: [] };
export const optionalJson: ColumnOptions = { type: 'jsonb', nullable: true };
