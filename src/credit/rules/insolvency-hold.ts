import type { HoldKind } from '../../ledger/rules/book.js';
import type { Proceeding } from './findings.js';

/** The hold a proceeding sets, by the reasons people set one with (collection-rules.md §3.4). */
const HOLD_OF = {
  bankruptcy: { kind: 'insolvency', reason: 'BANKRUPTCY' },
  moratorium: { kind: 'insolvency', reason: 'SUSPENSION' },
  'debt-restructuring': { kind: 'guardianship', reason: 'WSNP' },
} as const satisfies Readonly<Record<Proceeding['kind'], { kind: HoldKind; reason: string }>>;

/** Both kinds stop everything at once (house rule 1). */
export const holdOf = ({ kind }: Proceeding): { readonly kind: HoldKind; readonly reason: string } => HOLD_OF[kind];
