import type { PlainDate } from '../../kernel/plain-date.js';
import { type CreditMemories, type CreditMemory, type CreditStepName, NEVER_TOLD } from './decide-credit.js';
import { type Plan, isCreditKind } from './plan.js';

/** What would be remembered of credit from day to day, were every hold approved on the day it is proposed. */
export class CreditDiary {
  private readonly known = new Map<string, CreditMemory>();

  get memories(): CreditMemories {
    return this.known;
  }

  follow({ date, acts, credit }: Plan): void {
    for (const { debtorId, to } of credit) this.known.set(debtorId, { ...this.of(debtorId), state: to });
    for (const { debtorId, kind, step } of acts) if (isCreditKind(kind)) this.tell(debtorId, step as CreditStepName, date);
  }

  private tell(debtorId: string, step: CreditStepName, on: PlainDate): void {
    const memory = this.of(debtorId);
    this.known.set(debtorId, { ...memory, told: new Map([...memory.told, [step, on]]) });
  }

  private of(debtorId: string): CreditMemory {
    return this.known.get(debtorId) ?? NEVER_TOLD;
  }
}
