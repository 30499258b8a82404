import { type Minor, formatAmount, scale } from '../../../kernel/money.js';
import type { Finding } from '../document/check-dossier.js';
import type { SettlementLine } from './check-settlement.js';

/** What an agency may keep, as agreed: basis points, 1500 for 15 %. */
export interface Tariff {
  /** Of what it reckons its commission. */
  readonly of: 'GROSS' | 'PRINCIPAL';
  readonly commission: number;
  /** VAT on the commission. */
  readonly vat: number;
}

const BASIS_POINTS = 10_000;

/** Where the commission of a settlement, or the VAT on it, is not what the tariff gives: to the cent, each line for itself. */
export function checkCommission(tariff: Tariff, lines: readonly SettlementLine[]): Finding[] {
  return lines.flatMap((line, at) => {
    const commission = scale(tariff.of === 'GROSS' ? line.gross : line.principal, tariff.commission, BASIS_POINTS);
    return [
      ...differing('commission', `/lines/${at}/commission`, line.commission, commission),
      ...differing(
        'VAT on commission',
        `/lines/${at}/vatOnCommission`,
        line.vatOnCommission,
        scale(line.commission, tariff.vat, BASIS_POINTS),
      ),
    ];
  });
}

function differing(what: string, path: string, stated: Minor, agreed: Minor): Finding[] {
  if (stated === agreed) return [];
  return [{ code: 'tariff-differs', path, message: `${what}: ${formatAmount(stated)} is kept, ${formatAmount(agreed)} is agreed` }];
}
