import { createHash } from 'node:crypto';

/** A UUID made of what it names (RFC 9562, version 8): the same parts always give the same one. */
export function derivedUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be an administration's id at all; the database refuses the rest with a worse message. */
export const isUuid = (text: string): boolean => UUID.test(text);
