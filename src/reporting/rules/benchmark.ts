import type { PlainDate } from '../../kernel/plain-date.js';

/** A national average from a day on. */
export interface NationalTerm {
  readonly from: PlainDate;
  readonly days: number;
  /** Nobody has checked it against a publication. */
  readonly assumed: boolean;
  readonly source: string;
}

/** Average days to pay by country (ISO 3166-1 alpha-2), each oldest first. */
export type Benchmarks = Readonly<Record<string, readonly NationalTerm[]>>;

/** What figures are held against. */
export interface Benchmark {
  /** Null: none is known for the country or the day. */
  readonly national: NationalTerm | null;
  /** The DSO the administration wants to reach, in days; null: none was set. */
  readonly targetDso: number | null;
}

export const benchmarkOf = (benchmarks: Benchmarks, country: string, targetDso: number | null, on: PlainDate): Benchmark => ({
  national: benchmarks[country]?.findLast(({ from }) => from <= on) ?? null,
  targetDso,
});
