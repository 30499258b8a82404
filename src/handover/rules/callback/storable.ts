/** Deeper than this no agency has anything to say. */
export const DEPTH_MAX = 16;

/** Whether a JSON value is nested deeper than {@link DEPTH_MAX}; looks no further than that. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > DEPTH_MAX || Object.values(value).some((each) => isTooDeep(each, depth + 1));
}

/** Names that mean something to the language, and are nothing an agency has to say: what reads objects stumbles over them. */
const NO_NAMES = ['__proto__', 'constructor', 'prototype'];

/** A JSON value as it can be read and kept: its texts without NUL and without halves of characters, no {@link NO_NAMES}. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [clean(name), storable(each)] as const)
      .filter(([name]) => !NO_NAMES.includes(name)),
  );
}

const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
