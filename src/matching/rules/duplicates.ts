import type { BankLine } from './vocabulary.js';

/** The lines of one entry with what tells the entry from others. */
export interface EntryLines {
  readonly lines: readonly BankLine[];
  /** Entries of one source are all real, also when they are alike; pages of one statement are one source. */
  readonly source: string;
  /** Page of a statement in pages: entries of two pages are never copies of each other. */
  readonly page: number | null;
  /** `AcctSvcrRef`, `NtryRef`, `Btch/MsgId`, `PmtInfId`: whichever the bank gives. */
  readonly references: readonly string[];
  readonly amount: string;
  readonly booked: boolean;
}

/**
 * Sets aside what is a copy of another booking (camt053.md §7, §8): the same day in two files, camt.052 and 054 beside 053. Entries that are alike within one
 * source are all real; between sources the larger number of them counts, not the sum. Camt.052 settles nothing by itself. Of a 053 entry and its
 * 054 notification the one with more transactions is read, since banks put the details of a batch in the 054 only.
 */
export function withoutDuplicates(entries: readonly EntryLines[]): BankLine[] {
  const aside = new Map<EntryLines, string>();
  const booked = entries.filter((entry) => entry.booked);
  const statements = booked.filter((entry) => isStatement(entry));
  const sources = new Set(statements.map(({ source }) => source));
  if (sources.size > 1) copies(statements, aside);
  const kept = groupBy(
    statements.filter((entry) => !aside.has(entry)),
    coarseKey,
  );
  for (const entry of booked) {
    if (isStatement(entry)) continue;
    const twin = (kept.get(coarseKey(entry)) ?? []).find((other) => !other.taken && sameBooking(entry, other.entry));
    if (messageOf(entry) === 'camt.052')
      aside.set(entry, twin ? copyOf(twin.entry) : 'a report of the day (camt.052) settles nothing until the statement comes');
    else if (twin) {
      const detailed = entry.lines.length > twin.entry.lines.length;
      aside.set(detailed ? twin.entry : entry, detailed ? `its details are read from ${placeOf(entry)}` : copyOf(twin.entry));
    }
    if (twin) twin.taken = messageOf(entry) !== 'camt.052';
  }
  const notifications = booked.filter((entry) => messageOf(entry) === 'camt.054' && !aside.has(entry));
  if (new Set(notifications.map(({ source }) => source)).size > 1) copies(notifications, aside);
  return entries.flatMap((entry) => {
    const reason = aside.get(entry);
    return reason === undefined ? entry.lines : entry.lines.map((line) => ({ ...line, setAside: line.setAside ?? reason }));
  });
}

const messageOf = ({ lines }: EntryLines): BankLine['message'] | undefined => lines[0]?.message;
const isStatement = (entry: EntryLines): boolean => messageOf(entry) === 'camt.053' || messageOf(entry) === 'mt940';

const placeOf = ({ lines }: EntryLines): string => `${lines[0]?.place.file}, entry ${lines[0]?.place.entry}`;
const copyOf = (entry: EntryLines): string => `the same booking as in ${placeOf(entry)}`;

/** Account, day, signed amount, currency. */
function coarseKey({ lines, amount }: EntryLines): string {
  const [line] = lines;
  return [line?.account, line?.date, amount, line?.currency].join('|');
}

/** All that a copy repeats. MT940 and CAMT tell the same booking in other words: across them the coarse key has to do. */
function fineKey(entry: EntryLines): string {
  const details = entry.lines.map(({ amount, endToEndId, name, iban, text }) => [amount, endToEndId, name, iban, ...text].join('|'));
  return [coarseKey(entry), entry.page, ...entry.references, ...details].join('||');
}

function copies(entries: readonly EntryLines[], aside: Map<EntryLines, string>): void {
  const mixed = new Set(entries.map(messageOf)).size > 1;
  for (const alike of groupBy(entries, mixed ? coarseKey : fineKey).values()) {
    const real: EntryLines[] = [];
    const seen = new Map<string, number>();
    for (const { entry } of alike) {
      const place = seen.get(entry.source) ?? 0;
      seen.set(entry.source, place + 1);
      const first = real[place];
      if (first === undefined) real.push(entry);
      else if (first.source !== entry.source) aside.set(entry, copyOf(first));
    }
  }
}

/** Alike in day and amount, and not told apart by references both have. */
function sameBooking(a: EntryLines, b: EntryLines): boolean {
  return a.references.length === 0 || b.references.length === 0 || a.references.some((reference) => b.references.includes(reference));
}

function groupBy(
  entries: readonly EntryLines[],
  keyOf: (entry: EntryLines) => string,
): Map<string, { entry: EntryLines; taken: boolean }[]> {
  const groups = new Map<string, { entry: EntryLines; taken: boolean }[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push({ entry, taken: false });
    else groups.set(key, [{ entry, taken: false }]);
  }
  return groups;
}
