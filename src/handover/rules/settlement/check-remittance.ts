import { formatAmount, sum } from '../../../kernel/money.js';
import type { StatedSettlement } from '../callback/settlement-text.js';
import type { Finding } from '../document/check-dossier.js';
import type { DossierDocument } from '../document/dossier.js';
import { type CheckedSettlement, type Settlement, checkSettlement } from './check-settlement.js';
import { type Tariff, checkCommission } from './tariff.js';

/** A case of a settlement: its dossier as the agency has it, and what was settled of it before. */
export interface SettledCase {
  readonly dossier: DossierDocument;
  readonly before: readonly Settlement[];
}

/**
 * Whether a settlement over one case or several is what their dossiers and the settlements before it leave to be settled, and the sum of its
 * lines is what was remitted: to the cent. Paths count the lines as they were stated. `tariff` null: commission is not checked.
 */
export function checkRemittance(
  stated: StatedSettlement,
  cases: ReadonlyMap<string, SettledCase>,
  tariff: Tariff | null,
): CheckedSettlement {
  const { settlementId, remitted, currency, lines } = stated;
  const expected = sum(lines.map(({ net }) => net));
  const findings: Finding[] = [];
  for (const [caseId, { dossier, before }] of cases) {
    const places = lines.flatMap((line, at) => (line.caseId === caseId ? [at] : []));
    const own = places.flatMap((at) => lines[at] ?? []);
    const part = { settlementId, lines: own, remitted: sum(own.map(({ net }) => net)) };
    findings.push(...checkSettlement(dossier, part, before).findings.map((finding) => placed(finding, places)));
    if (dossier.currency !== currency) {
      findings.push({ code: 'currency-differs', path: '/currency', message: `the case is in ${dossier.currency}, not in ${currency}` });
    }
  }
  if (tariff !== null) findings.push(...checkCommission(tariff, lines));
  if (expected !== remitted) {
    const [paid, counted] = [formatAmount(remitted, currency), formatAmount(expected, currency)];
    findings.push({ code: 'sum-differs', path: '/remitted', message: `${paid} was remitted, the lines come to ${counted}` });
  }
  return { expected, received: remitted, difference: remitted - expected, findings };
}

/** The n-th line of a case is somewhere else in the whole. */
const placed = (finding: Finding, places: readonly number[]): Finding => ({
  ...finding,
  path: finding.path.replace(/^\/lines\/(\d+)/, (_, at: string) => `/lines/${places[Number(at)]}`),
});
