import { type Minor, formatAmount, parseAmount, sum } from '../../../kernel/money.js';
import { unwrap } from '../../../kernel/result.js';
import type { Finding } from './check-dossier.js';
import type { ClaimBlock, DossierDocument } from './dossier.js';

/** An amount the schema has let through. */
export const minorOf = (text: string): Minor => unwrap(parseAmount(text));

/** A finding when two amounts that must be the same are not. */
export function sameAmount(path: string, what: string, stated: Minor, counted: Minor): Finding[] {
  if (stated === counted) return [];
  const message = `${what}: ${formatAmount(stated)} is stated, ${formatAmount(counted)} is what the parts give`;
  return [{ code: 'sum-differs', path, message }];
}

/** Everything in a dossier that is the sum of something else in it; and that no invoice is claimed twice. */
export function checkSums(document: DossierDocument): Finding[] {
  const { claims, totals, costs, interest, approval } = document;
  const total = (of: (claim: ClaimBlock) => string): Minor => sum(claims.map((claim) => minorOf(of(claim))));
  const principal = minorOf(totals.principal);
  return [
    ...claims.flatMap((claim, at) => [...checkClaim(claim, at), ...checkReceipts(document, claim, at)]),
    ...twice(claims),
    ...strangers(document),
    ...sameAmount(
      '/totals/principal',
      'principal',
      principal,
      total(({ open }) => open),
    ),
    ...sameAmount(
      '/interest/amount',
      'interest',
      minorOf(interest.amount),
      total((claim) => claim.interest),
    ),
    ...sameAmount('/totals/interest', 'interest', minorOf(totals.interest), minorOf(interest.amount)),
    ...sameAmount('/totals/costs', 'costs', minorOf(totals.costs), minorOf(costs.fee) + minorOf(costs.vatUplift)),
    ...sameAmount('/totals/claim', 'claim', minorOf(totals.claim), principal + minorOf(totals.interest) + minorOf(totals.costs)),
    ...sameAmount('/approval/principal', 'approved principal', minorOf(approval.principal), principal),
  ];
}

function checkClaim(claim: ClaimBlock, at: number): Finding[] {
  const [original, paid, toInterest, credited, disputed] = [
    claim.original,
    claim.paid,
    claim.paidToInterest,
    claim.credited,
    claim.disputedPart,
  ].map(minorOf) as [Minor, Minor, Minor, Minor, Minor];
  const left = original - (paid - toInterest) - credited - disputed;
  const findings = sameAmount(`/claims/${at}/open`, `open of ${claim.invoice}`, minorOf(claim.open), left);
  if (claim.disputed === disputed > 0) return findings;
  const message = `${claim.invoice} is ${claim.disputed ? '' : 'not '}disputed and the disputed part is ${claim.disputedPart}`;
  return [...findings, { code: 'dispute-contradicts', path: `/claims/${at}/disputed`, message }];
}

/** What came in on the invoice, one by one, is what the claim says was paid and credited. */
function checkReceipts({ payments }: DossierDocument, claim: ClaimBlock, at: number): Finding[] {
  const received = (kind: 'PAYMENT' | 'CREDIT_NOTE'): Minor =>
    sum(
      payments
        .filter((payment) => payment.invoice === claim.invoice && payment.kind === kind && payment.reversedOn === undefined)
        .map(({ amount }) => minorOf(amount)),
    );
  return [
    ...sameAmount(`/claims/${at}/paid`, `paid on ${claim.invoice}`, minorOf(claim.paid), received('PAYMENT')),
    ...sameAmount(`/claims/${at}/credited`, `credited on ${claim.invoice}`, minorOf(claim.credited), received('CREDIT_NOTE')),
  ];
}

function twice(claims: readonly ClaimBlock[]): Finding[] {
  const seen = new Set<string>();
  return claims.flatMap(({ invoice }, at) => {
    const again = seen.has(invoice);
    seen.add(invoice);
    return again ? [{ code: 'claimed-twice', path: `/claims/${at}/invoice`, message: `invoice ${invoice} is claimed twice` }] : [];
  });
}

/** Payments of invoices that are not claimed belong to somebody else's business. */
function strangers({ claims, payments }: DossierDocument): Finding[] {
  const claimed = new Set(claims.map(({ invoice }) => invoice));
  return payments.flatMap(({ invoice }, at) =>
    claimed.has(invoice)
      ? []
      : [{ code: 'unknown-invoice', path: `/payments/${at}/invoice`, message: `a payment is of ${invoice}, which is not claimed` }],
  );
}
