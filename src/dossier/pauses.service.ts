import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { DebtorOverrides } from '../ledger/rules/debtor-overrides.js';
import type { Dossier, DossierDesk } from './dossier-desk.js';
import { refused } from './refusals.js';
import { overruled, respectedAgain } from './rules/overrule-pause.js';

export interface PauseDecision {
  /** Invoices of one debtor. */
  readonly invoiceIds: readonly string[];
  /** All of his, also those to come; false: only these. */
  readonly wholeDebtor: boolean;
  readonly reason: string;
  /** Who decides, as the key is called. */
  readonly by: string;
}

/** What a person stopped in the package, and another decides here to remind of all the same; or no longer. */
export class PackagePauses {
  constructor(private readonly desk: DossierDesk) {}

  /** Reminds of them from now on, whatever the package says. Throws 404, and 409 `several-debtors`, `already-reminded`. */
  remind(administrationId: string, decision: PauseDecision): Promise<void> {
    return this.decide(administrationId, decision, 'pause-overruled', (overrides) => overruled(overrides, scopeOf(decision)));
  }

  /** What the package says counts again. Throws 404, and 409 `several-debtors`, `not-overruled`. */
  respect(administrationId: string, decision: PauseDecision): Promise<void> {
    return this.decide(administrationId, decision, 'pause-respected', (overrides) => respectedAgain(overrides, scopeOf(decision)));
  }

  private decide(
    administrationId: string,
    { invoiceIds, wholeDebtor, reason, by }: PauseDecision,
    kind: 'pause-overruled' | 'pause-respected',
    change: (overrides: DebtorOverrides) => DebtorOverrides | null,
  ): Promise<void> {
    return this.desk.within(administrationId, async (dossier: Dossier) => {
      const { debtor } = await dossier.debtorOf(invoiceIds);
      const where = { administrationId, id: debtor.id };
      const { overrides } = await dossier.manager.findOneByOrFail(DebtorEntity, where);
      const changed = change(overrides);
      if (changed === null) throw REFUSALS[kind]();
      await dossier.manager.update(DebtorEntity, where, { overrides: changed as never });
      await dossier.note(debtor.id, kind, { invoices: invoiceIds, wholeDebtor, reason, by });
    });
  }
}

const scopeOf = ({ invoiceIds, wholeDebtor }: PauseDecision): true | readonly string[] => wholeDebtor || invoiceIds;

const REFUSALS = {
  'pause-overruled': () => refused('already-reminded', 'these are reminded of already, whatever the package says'),
  'pause-respected': () => refused('not-overruled', 'nobody decided to remind of these against the package'),
} as const;
