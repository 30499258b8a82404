import { roundedDivision } from '../../../kernel/money.js';
import { type PlainDate, addDays, daysBetween } from '../../../kernel/plain-date.js';
import type { Finding } from './check-dossier.js';
import { minorOf, sameAmount } from './check-sums.js';
import type { ClaimBlock, DossierDocument } from './dossier.js';

/** Interest is reckoned for each day once: by the creditor up to the day of the calculation, from the next by the agency. */
export function checkInterest(document: DossierDocument): Finding[] {
  const { interest, claims, submittedAt } = document;
  const { calculatedTo, continuesFrom } = interest;
  const next = addDays(calculatedTo, 1);
  const findings: Finding[] = [];
  if (continuesFrom !== next) {
    const message = `interest is calculated to ${calculatedTo} and continues from ${continuesFrom}, which is not the day after`;
    findings.push({ code: 'interest-not-continued', path: '/interest/continuesFrom', message });
  }
  // A day of the creditor's zone may have begun while it is the day before in UTC.
  if (calculatedTo > addDays(submittedAt.slice(0, 10) as PlainDate, 1)) {
    const message = `interest is calculated to ${calculatedTo}, after the submission`;
    findings.push({ code: 'interest-in-future', path: '/interest/calculatedTo', message });
  }
  for (const [at, claim] of claims.entries()) findings.push(...checkClaim(claim, at, document));
  return findings;
}

function checkClaim(claim: ClaimBlock, at: number, { interest }: DossierDocument): Finding[] {
  const path = `/claims/${at}/interestSegments`;
  const findings: Finding[] = [];
  let before = claim.dueDate;
  for (const { from, to, days } of claim.interestSegments) {
    if (from <= before) {
      const message = `${claim.invoice}: interest from ${from} when the days up to ${before} are free of it or reckoned already`;
      findings.push({ code: 'interest-twice', path, message });
    }
    if (days !== daysBetween(from, to) + 1) {
      findings.push({ code: 'days-differ', path, message: `${claim.invoice}: ${from} to ${to} are not ${days} days` });
    }
    before = to;
  }
  if (before > interest.calculatedTo && claim.interestSegments.length > 0) {
    const message = `${claim.invoice}: interest to ${before}, after the day of the calculation`;
    findings.push({ code: 'interest-twice', path, message });
  }
  // Where payments go to interest first, or a year's interest was added, the segments do not add up to what is left of it.
  const added = claim.interestSegments.reduce((total, { amount }) => total + BigInt(amount.replace('.', '')), 0n);
  if (interest.allocation !== 'LEDGER') return findings;
  return [
    ...findings,
    ...sameAmount(`/claims/${at}/interest`, `interest of ${claim.invoice}`, minorOf(claim.interest), Number(roundedDivision(added, 100n))),
  ];
}
