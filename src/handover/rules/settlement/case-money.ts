import { type Minor, formatAmount, sum } from '../../../kernel/money.js';
import { minorOf } from '../document/check-sums.js';
import type { DossierDocument } from '../document/dossier.js';
import type { SettlementLine } from './check-settlement.js';

/** Amounts as decimal text of the case's currency. */
export interface MoneyShown {
  readonly principal: string;
  readonly interest: string;
  readonly costs: string;
  readonly courtCosts: string;
  readonly total: string;
}

/** What is expected of a claim and what came of it through its agency. */
export interface CaseMoney {
  readonly currency: string;
  /** What was handed over, with interest up to `calculatedTo`. */
  readonly claimed: MoneyShown;
  readonly interestCalculatedTo: string;
  /** What debtors paid, by the settlements that stand. */
  readonly settled: MoneyShown;
  /** Handed over and not settled; below zero: more interest than was reckoned up to then. */
  readonly difference: MoneyShown;
  readonly kept: { readonly commission: string; readonly vatOnCommission: string };
  readonly remitted: string;
  /** What the agency said it received, of which no settlement has come yet; below zero: settled without being told. */
  readonly registered: string;
  readonly notYetSettled: string;
}

type Parts = Readonly<Record<'principal' | 'interest' | 'costs' | 'courtCosts', Minor>>;

/** Expected and received of one claim. `lines` are those of settlements that add up or were accepted; `registered` what the agency says it received. */
export function caseMoney(dossier: DossierDocument, lines: readonly SettlementLine[], registered: readonly Minor[]): CaseMoney {
  const { currency, totals, interest } = dossier;
  const of = (name: keyof SettlementLine): Minor => sum(lines.map((line) => Number(line[name])));
  const claimed = {
    principal: minorOf(totals.principal),
    interest: minorOf(totals.interest),
    costs: minorOf(totals.costs),
    courtCosts: 0,
  };
  const settled = { principal: of('principal'), interest: of('interest'), costs: of('costs'), courtCosts: of('courtCosts') };
  const left = {
    principal: claimed.principal - settled.principal,
    interest: claimed.interest - settled.interest,
    costs: claimed.costs - settled.costs,
    courtCosts: 0,
  };
  const text = (amount: Minor): string => formatAmount(amount, currency);
  const told = sum(registered);
  return {
    currency,
    claimed: shown(claimed, currency),
    interestCalculatedTo: interest.calculatedTo,
    settled: shown(settled, currency),
    difference: shown(left, currency),
    kept: { commission: text(of('commission')), vatOnCommission: text(of('vatOnCommission')) },
    remitted: text(of('net')),
    registered: text(told),
    notYetSettled: text(told - of('gross')),
  };
}

const shown = (parts: Parts, currency: string): MoneyShown => {
  const { principal, interest, costs, courtCosts } = parts;
  const text = (amount: Minor): string => formatAmount(amount, currency);
  return {
    principal: text(principal),
    interest: text(interest),
    costs: text(costs),
    courtCosts: text(courtCosts),
    total: text(principal + interest + costs + courtCosts),
  };
};
