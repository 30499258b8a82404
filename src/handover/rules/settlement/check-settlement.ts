import { type Minor, formatAmount, roundedDivision, sum } from '../../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../../kernel/plain-date.js';
import type { Finding } from '../document/check-dossier.js';
import { minorOf } from '../document/check-sums.js';
import type { DossierDocument } from '../document/dossier.js';

/** What an agency says it received and passes on, in minor units of EUR (agency-handover.md §6). */
export interface Settlement {
  readonly settlementId: string;
  /** The amount of the bank credit it comes with. */
  readonly remitted: Minor;
  readonly lines: readonly SettlementLine[];
}

export interface SettlementLine {
  readonly lineNo: number;
  readonly invoice: string;
  readonly receivedOn: PlainDate;
  /** What the debtor paid, and what of it went to what. */
  readonly gross: Minor;
  readonly principal: Minor;
  readonly interest: Minor;
  readonly costs: Minor;
  readonly courtCosts: Minor;
  readonly commission: Minor;
  readonly vatOnCommission: Minor;
  readonly net: Minor;
  /** First day of the interest the agency reckoned itself, null: it reckoned none. */
  readonly ownInterestFrom: PlainDate | null;
}

export interface CheckedSettlement {
  readonly expected: Minor;
  readonly received: Minor;
  readonly difference: Minor;
  /** Whatever is here keeps the settlement from being booked: a person looks first. */
  readonly findings: readonly Finding[];
}

/**
 * Whether a settlement is what the dossier and the settlements before it leave to be settled. To the cent: one that does not add up is
 * parked, not booked. Costs are owed once by whoever collects, and interest for each day once.
 */
export function checkSettlement(dossier: DossierDocument, settlement: Settlement, before: readonly Settlement[]): CheckedSettlement {
  const { lines, remitted, settlementId } = settlement;
  const expected = sum(lines.map(({ net }) => net));
  const earlier = before.filter((each) => each.settlementId !== settlementId).flatMap((each) => each.lines);
  const findings = [
    ...repeated(settlement, before),
    ...lines.flatMap((line, at) => checkLine(dossier, line, `/lines/${at}`)),
    ...checkPrincipal(dossier, [...earlier, ...lines]),
    ...checkCosts(dossier, [...earlier, ...lines]),
    ...checkInterest(dossier, [...earlier, ...lines]),
  ];
  if (expected !== remitted) findings.push(differs('/remitted', 'remitted', remitted, expected));
  return { expected, received: remitted, difference: remitted - expected, findings };
}

const differs = (path: string, what: string, stated: Minor, counted: Minor): Finding => ({
  code: 'sum-differs',
  path,
  message: `${what}: ${formatAmount(stated)} is stated, ${formatAmount(counted)} is what the parts give`,
});

/** A settlement comes once, and a line of it once. */
function repeated({ settlementId, lines }: Settlement, before: readonly Settlement[]): Finding[] {
  const findings: Finding[] = [];
  if (before.some((each) => each.settlementId === settlementId)) {
    findings.push({ code: 'settled-already', path: '/settlementId', message: `settlement ${settlementId} was taken in before` });
  }
  const seen = new Set<number>();
  for (const [at, { lineNo }] of lines.entries()) {
    if (seen.has(lineNo)) findings.push({ code: 'line-twice', path: `/lines/${at}/lineNo`, message: `line ${lineNo} is there twice` });
    seen.add(lineNo);
  }
  return findings;
}

function checkLine({ claims, interest }: DossierDocument, line: SettlementLine, path: string): Finding[] {
  const findings: Finding[] = [];
  const find = (code: string, at: string, message: string): void => void findings.push({ code, path: `${path}${at}`, message });
  const { invoice, gross, principal, costs, courtCosts, commission, vatOnCommission, net, ownInterestFrom } = line;
  if (!claims.some((claim) => claim.invoice === invoice)) find('unknown-invoice', '/invoice', `${invoice} is not part of the dossier`);
  const parts = principal + line.interest + costs + courtCosts;
  if (parts !== gross) findings.push(differs(`${path}/gross`, 'gross', gross, parts));
  const left = gross - commission - vatOnCommission;
  if (left !== net) findings.push(differs(`${path}/net`, 'net', net, left));
  if (ownInterestFrom !== null && ownInterestFrom < interest.continuesFrom) {
    const message = `the agency reckons interest from ${ownInterestFrom}; up to ${interest.calculatedTo} it is in the dossier already`;
    find('interest-twice', '/ownInterestFrom', message);
  }
  return findings;
}

/** No more of an invoice is settled than was handed over. */
function checkPrincipal({ claims }: DossierDocument, lines: readonly SettlementLine[]): Finding[] {
  return claims.flatMap(({ invoice, open }) => {
    const settled = sum(lines.filter((line) => line.invoice === invoice).map(({ principal }) => principal));
    if (settled <= minorOf(open)) return [];
    const message = `${formatAmount(settled)} is settled of ${invoice}, of which ${open} was handed over`;
    return [{ code: 'more-than-open', path: '/lines', message }];
  });
}

/** The costs of the dossier are all the out-of-court costs there are: an agency that adds its own charges them twice. */
function checkCosts({ totals }: DossierDocument, lines: readonly SettlementLine[]): Finding[] {
  const charged = sum(lines.map(({ costs }) => costs));
  if (charged <= minorOf(totals.costs)) return [];
  const message = `${formatAmount(charged)} of costs was collected, ${totals.costs} is all that is owed`;
  return [{ code: 'costs-twice', path: '/lines', message }];
}

/** Interest of the dossier and of the days after it, as long as nothing was paid: more than that nobody owes. */
function checkInterest({ totals, interest }: DossierDocument, lines: readonly SettlementLine[]): Finding[] {
  const last = lines
    .map(({ receivedOn }) => receivedOn)
    .sort()
    .at(-1);
  if (last === undefined) return [];
  const days = Math.max(0, daysBetween(interest.calculatedTo, last));
  const since = Number(roundedDivision(BigInt(interest.perDay.replace('.', '')) * BigInt(days), 100n));
  const most = minorOf(totals.interest) + since;
  const collected = sum(lines.map((line) => line.interest));
  if (collected <= most) return [];
  const message = `${formatAmount(collected)} of interest was collected, up to ${last} it is ${formatAmount(most)} at most`;
  return [{ code: 'interest-above-expected', path: '/lines', message }];
}
