/** The items in parts of at most `size`, in their order: every loop over a database or a vendor has one. */
export function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
