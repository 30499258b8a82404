import type { EntityManager } from 'typeorm';
import { InputError } from '../kernel/errors.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { parseBook } from '../ledger/rules/book-json.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { ActEntity } from './act.entity.js';
import { ActRepository } from './act.repository.js';
import type { Policies, PolicyText } from './policy-files.js';
import { PolicyVersionRepository } from './policy-version.repository.js';
import type { DecisionContext } from './rules/decide.js';
import { explain } from './rules/explain.js';
import { factsByDebtor } from './rules/facts.js';
import type { Policy } from './rules/policy.js';

/** A decision beside what deciding again from its stored facts gives. */
export interface ActExplanation {
  readonly actId: string;
  readonly debtorId: string;
  /** The day that was decided for. */
  readonly day: PlainDate;
  /** `kept`: the texts kept with the act; `file`: those of config/policies, of the same version; null: that version is gone. */
  readonly policy: { readonly name: string; readonly version: string; readonly source: 'kept' | 'file' | null };
  /** The files of config/law and config/calendar that say something else by now: it is decided again by today's. Null: not known. */
  readonly changedTables: readonly string[] | null;
  /** Null: it cannot be told, see `because`. */
  readonly agrees: boolean | null;
  readonly because: string | null;
  readonly differences: readonly string[];
  readonly decided: object;
  readonly recomputed: object | null;
}

/** Decides acts again from what was stored with them. */
export class Explanations {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly policies: Policies,
    private readonly context: DecisionContext,
  ) {}

  /** Null when there is no such act. Stores nothing. */
  async explain(administrationId: string, actId: string): Promise<ActExplanation | null> {
    return this.tenancy.within(administrationId, async (manager) => {
      const act = await new ActRepository(manager, administrationId).find(actId);
      if (!act) return null;
      const day = act.decidedFor ?? act.day;
      const { policy, source, tables } = await this.policyOf(manager, act, day);
      const changedTables = tables && changedFiles(tables, this.policies.tables);
      const told = {
        actId,
        debtorId: act.debtorId,
        day,
        policy: { name: act.policyName, version: act.policyVersion, source },
        changedTables,
        decided: act.decision,
      };
      const cannot = (because: string): ActExplanation => ({ ...told, agrees: null, because, differences: [], recomputed: null });
      if (!policy) return cannot(`version ${act.policyVersion} of the policy "${act.policyName}" is no longer there`);
      const [facts] = factsByDebtor(parseBook(act.snapshot));
      if (!facts) return cannot('the stored facts name no debtor');
      const { agrees, recomputed, differences } = explain(act.decision as Record<string, unknown>, facts, policy, day, this.context);
      const outcome = recomputed ? `differs in ${differences.join(', ')}` : 'nothing would be decided now';
      const moved = changedTables?.length ? `; ${changedTables.join(', ')} changed since` : '';
      return { ...told, agrees, because: agrees ? null : `${outcome}${moved}`, differences, recomputed };
    });
  }

  private async policyOf(
    manager: EntityManager,
    act: ActEntity,
    day: PlainDate,
  ): Promise<{ policy: Policy | null; source: ActExplanation['policy']['source']; tables: NonNullable<PolicyText['tables']> | null }> {
    if (act.policyDigest !== null) {
      const kept = await new PolicyVersionRepository(manager, act.administrationId).find(act.policyDigest, this.context.law, day);
      if (kept) return { policy: kept.policy, source: 'kept', tables: kept.text.tables ?? null };
    }
    try {
      const policy = this.policies.get(act.policyName);
      if (String(policy.version) === act.policyVersion) return { policy, source: 'file', tables: null };
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
    }
    return { policy: null, source: null, tables: null };
  }
}

/** The names of the files that differ, also where one of the two has no such file. */
function changedFiles(kept: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(kept), ...Object.keys(now)])].filter((name) => kept[name] !== now[name]).sort();
}
