/**
 * Codes in ranges that can be asked for by their first and last. How the vendor orders codes of different lengths is not published, so a
 * range has codes of one length only.
 */
export function customerRanges(codes: readonly string[], parts: number): readonly (readonly string[])[] {
  const size = Math.max(1, Math.ceil(codes.length / parts));
  return ofOneLength(codes).flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / size) }, (_, nth) => some.slice(nth * size, (nth + 1) * size)),
  );
}

/** Smaller ranges of the same codes; none when they are one. */
export function halvesOf(codes: readonly string[]): readonly (readonly string[])[] {
  return codes.length < 2 ? [] : customerRanges(codes, 2);
}

const ofOneLength = (codes: readonly string[]): readonly (readonly string[])[] => [
  ...Map.groupBy([...codes].sort(), ({ length }) => length).values(),
];
