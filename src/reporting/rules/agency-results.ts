import { DAYS_PLACES, RATIO_PLACES, quotient } from '../../credit/rules/quotient.js';
import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addYears, daysBetween } from '../../kernel/plain-date.js';

/** A claim that was handed over, in one currency. */
export interface HandedOver {
  readonly agencyId: string;
  readonly agency: string;
  readonly principal: Minor;
  readonly handedOverOn: PlainDate;
  /** Null: the agency is still at it. */
  readonly endedOn: PlainDate | null;
  /** What the agency passed on, line by line. */
  readonly settled: readonly { readonly receivedOn: PlainDate; readonly principal: Minor; readonly costs: Minor }[];
}

/** What an agency made of the cases of twelve months. */
export interface AgencyResult {
  readonly agency: string;
  readonly cases: number;
  readonly ended: number;
  readonly principal: Minor;
  /** Of the principal, passed on by the day. */
  readonly recovered: Minor;
  /** Recovered as a part of the principal (collection-rules.md §7.4, per cohort); null: nothing was handed over. */
  readonly rate: number | null;
  /** Commission with its VAT, and court costs. */
  readonly costs: Minor;
  /** From handover to its end, over the ended cases; null: none has ended. */
  readonly averageDays: number | null;
}

/** The results on a day, of the cohort that was handed over in the twelve months before; most principal first. */
export function agencyResults(cases: readonly HandedOver[], on: PlainDate): AgencyResult[] {
  const since = addYears(on, -1);
  const cohort = cases.filter(({ handedOverOn }) => handedOverOn > since && handedOverOn <= on);
  return [...Map.groupBy(cohort, ({ agencyId }) => agencyId).values()]
    .map((own) => resultOf(own, on))
    .sort((a, b) => b.principal - a.principal || (a.agency < b.agency ? -1 : 1));
}

function resultOf(cases: readonly HandedOver[], on: PlainDate): AgencyResult {
  const ended = cases.flatMap(({ handedOverOn, endedOn }) =>
    endedOn !== null && endedOn <= on ? [daysBetween(handedOverOn, endedOn)] : [],
  );
  const settled = cases.flatMap((one) => one.settled).filter(({ receivedOn }) => receivedOn <= on);
  const principal = sum(cases.map((one) => one.principal));
  const recovered = sum(settled.map((one) => one.principal));
  return {
    agency: cases[0]?.agency ?? '',
    cases: cases.length,
    ended: ended.length,
    principal,
    recovered,
    rate: quotient(BigInt(recovered), BigInt(principal), RATIO_PLACES),
    costs: sum(settled.map((one) => one.costs)),
    averageDays: quotient(BigInt(sum(ended)), BigInt(ended.length), DAYS_PLACES),
  };
}
