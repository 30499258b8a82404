import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';
import { parseAmount } from '../../src/kernel/money.js';
import { type PlainDate, parsePlainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';

/** A debtor's year as a dated diary; fixtures/stories/README.md says how one reads. */
export interface Story {
  readonly title: string;
  readonly policy: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly vatDeductible: boolean;
  readonly debtor: Readonly<Record<string, unknown>>;
  readonly diary: readonly Entry[];
  /** Steps or kinds that must not occur in the whole story; each must exist in the policy, so that saying so means something. */
  readonly never: readonly string[];
}

/** What happens, what is done and what is not done on the days from `from` up to and including `to`. */
export interface Entry {
  readonly line: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Known before the day is decided. */
  readonly happens: readonly Happening[];
  /** The act of the day: the given figures must be as given. Null: none is expected. */
  readonly act: Readonly<Record<string, unknown>> | null;
  /** Comes between plan and sending; the act must then not go out. */
  readonly between: readonly Happening[];
  /** After the act went out. */
  readonly then: readonly Happening[];
  /** The reason why an item is left alone, by item. */
  readonly nothing: Readonly<Record<string, string>>;
}

/** One event: its name and what it says. */
export interface Happening {
  readonly event: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const ENTRY_FIELDS = ['day', 'days', 'note', 'happens', 'act', 'between', 'then', 'nothing'];
const STORY_FIELDS = ['title', 'why', 'policy', 'from', 'to', 'vatDeductible', 'debtor', 'diary', 'never'];

/** Reads a story; throws on anything it does not know, with the line, so that no expectation is lost by a spelling mistake. */
export function readStory(path: string): Story {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0]?.message}`);
  const raw = document.toJS() as Record<string, unknown>;
  onlyKnown(path, raw, STORY_FIELDS);
  const node = document.get('diary');
  const lineOf = (at: number): number => {
    const item = isSeq(node) ? node.items[at] : null;
    return isMap(item) ? lines.linePos(item.range?.[0] ?? 0).line : 0;
  };
  return {
    title: String(raw['title']),
    policy: String(raw['policy']),
    from: dateOf(raw['from']),
    to: dateOf(raw['to']),
    vatDeductible: raw['vatDeductible'] !== false,
    debtor: (raw['debtor'] ?? {}) as Record<string, unknown>,
    never: (raw['never'] ?? []) as string[],
    diary: (raw['diary'] as Record<string, unknown>[]).map((entry, at) => readEntry(`${path}:${lineOf(at)}`, entry, lineOf(at))),
  };
}

function readEntry(place: string, raw: Record<string, unknown>, line: number): Entry {
  onlyKnown(place, raw, ENTRY_FIELDS);
  const [from, to] = raw['days'] === undefined ? [raw['day'], raw['day']] : String(raw['days']).split('..');
  return {
    line,
    from: dateOf(from),
    to: dateOf(to),
    happens: happenings(raw['happens']),
    act: (raw['act'] ?? null) as Record<string, unknown> | null,
    between: happenings(raw['between']),
    then: happenings(raw['then']),
    nothing: (raw['nothing'] ?? {}) as Record<string, string>,
  };
}

const happenings = (raw: unknown): Happening[] =>
  ((raw ?? []) as Record<string, unknown>[]).flatMap((one) =>
    Object.entries(one).map(([event, args]) => ({ event, args: (args ?? {}) as Record<string, unknown> })),
  );

function onlyKnown(place: string, raw: Record<string, unknown>, known: readonly string[]): void {
  const strange = Object.keys(raw).filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`${place}: unknown ${strange.join(', ')}`);
}

export const dateOf = (value: unknown): PlainDate => unwrap(parsePlainDate(String(value)));
export const amountOf = (value: unknown): number => unwrap(parseAmount(String(value)));
