import { type Minor, formatAmount } from '../../kernel/money.js';

/** How reasons write money: `€ 45.00`. */
export const euro = (minor: Minor): string => `€ ${formatAmount(minor)}`;

/** Basis points as a percentage with two decimals: 1015 → `10.15`. */
export const percent = (basisPoints: number): string => formatAmount(basisPoints);
