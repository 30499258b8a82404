/** `key:value,key:value`. Unknown keys stay in and are ignored by those who look for theirs, as Moneybird does. */
export function readFilter(text: string | null): ReadonlyMap<string, string> {
  const pairs = (text ?? '')
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes(':'))
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf(':')).trim(), pair.slice(pair.indexOf(':') + 1).trim()]);
  return new Map(pairs);
}

/** Alternatives of one filter value, `open|late`. */
export const alternatives = (value: string): string[] => value.split('|');
