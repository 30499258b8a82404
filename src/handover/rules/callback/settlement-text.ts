import { parseAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { Settlement, SettlementLine } from '../settlement/check-settlement.js';

/** Amounts of a line, as decimal text. */
export const LINE_AMOUNTS = ['gross', 'principal', 'interest', 'costs', 'courtCosts', 'commission', 'vatOnCommission', 'net'] as const;

/** A line as it comes: of which case, null for the case of the message it came in. */
export type SettlementLineText = Readonly<Record<(typeof LINE_AMOUNTS)[number], string>> & {
  readonly lineNo: number;
  readonly caseId: string | null;
  readonly invoice: string;
  readonly receivedOn: PlainDate;
  readonly ownInterestFrom: PlainDate | null;
};

/** A settlement as an agency, or a person with its paper in hand, states it. */
export interface SettlementText {
  readonly settlementId: string;
  readonly currency: string;
  readonly remitted: string;
  readonly remittanceReference: string | null;
  readonly lines: readonly SettlementLineText[];
}

/** A settlement with its amounts read, each line with its case. */
export interface StatedSettlement extends Settlement {
  readonly currency: string;
  readonly remittanceReference: string | null;
  readonly lines: readonly (SettlementLine & { readonly caseId: string })[];
}

/**
 * Reads the amounts. `caseId` is that of lines that name none; null: each must. Refuses `invalid-settlement`, naming the field: an amount
 * that is none, a line that is there twice, a line without a case.
 */
export function readSettlement(text: SettlementText, caseId: string | null): Result<StatedSettlement> {
  const { settlementId, currency, remittanceReference } = text;
  const refuse = (where: string, why: string) => err({ code: 'invalid-settlement', message: `settlement/${where}: ${why}` });
  const remitted = parseAmount(text.remitted, currency);
  if (!remitted.ok) return refuse('remitted', remitted.error.message);
  const lines: (SettlementLine & { caseId: string })[] = [];
  for (const [at, line] of text.lines.entries()) {
    const of = line.caseId ?? caseId;
    if (of === null) return refuse(`lines/${at}/caseId`, 'each line names its case');
    if (lines.some(({ lineNo }) => lineNo === line.lineNo)) return refuse(`lines/${at}/lineNo`, `line ${line.lineNo} is there twice`);
    const amounts = {} as Record<(typeof LINE_AMOUNTS)[number], number>;
    for (const name of LINE_AMOUNTS) {
      const amount = parseAmount(line[name], currency);
      if (!amount.ok) return refuse(`lines/${at}/${name}`, amount.error.message);
      amounts[name] = amount.value;
    }
    const { lineNo, invoice, receivedOn, ownInterestFrom } = line;
    lines.push({ lineNo, caseId: of, invoice, receivedOn, ownInterestFrom, ...amounts });
  }
  return ok({ settlementId, currency, remitted: remitted.value, remittanceReference, lines });
}
