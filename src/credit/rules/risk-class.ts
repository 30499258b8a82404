export const RISK_CLASSES = ['A', 'B', 'C', 'D', 'N'] as const;
/** Payment behaviour on a day, best first; `N`: too new to tell (collection-rules.md §7.2). */
export type RiskClass = (typeof RISK_CLASSES)[number];
