import { randomUUID } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import {
  type About,
  type AccountingPackage,
  type Attachment,
  PackageError,
  type PushEntry,
  type PushResult,
  type RemindsPer,
} from '../adapters/accounting-package.port.js';
import { sentLetter } from '../correspondence/sent-letter.js';
import type { Clock } from '../kernel/clock.js';
import { AllocationEntity, InvoiceEntity } from '../ledger/receivables.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import type { UnmarkedEntry } from './dossier-pushes.js';
import { type StatementPayload, isStatement } from './rules/statement-push.js';
import { keptStatement } from './statement-pushes.js';
import { isOvertaken, overtaken, reachOf } from './rules/who-reminds.js';
import { type KeptOfTries, afterFailure, afterPutBack, afterSuccess } from './rules/tries.js';

/** How many effects a worker holds at a time. */
const BATCH = 10;
const OVERTAKEN = 'it was changed who reminds';

/** What the outbox keeps of an entry: the marker is the effect's own. */
export type PushPayload = UnmarkedEntry & {
  /** The allocation a `payment-match` tells the package of. */
  readonly allocationId?: string;
  /** The allocation a `payment-undo`, or a `note` in its place, says is none any more. */
  readonly withdraws?: string;
  /** The dossier entry the package is told of. */
  readonly dossierEntry?: string;
  /** The invoice or debtor whose native reminders a `hold` stops, to be given back one day. */
  readonly takesOver?: string;
  /** The invoice or debtor a `hold` gives them back for. */
  readonly givesBack?: string;
};

export interface PushFigures {
  /** By kind of entry. */
  readonly written: Readonly<Record<string, number>>;
  readonly alreadyThere: number;
  readonly later: number;
  readonly failed: number;
  readonly calls: number;
}

/** Carries effects of the kind `push` into the bookkeeping package. */
export class PushEffects {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Pushes everything whose time has come, as long as the administration is live; of one that is not only what gives the package's own
   * reminders back ({@link reachOf}). Pushing is idempotent through the marker, so an effect
   * left behind by a vanished worker is simply pushed again. Stops early, leaving the rest for later, when the package does not let us
   * in at all.
   */
  async run(administrationId: string, accounting: AccountingPackage): Promise<PushFigures> {
    const worker = randomUUID();
    const figures = { written: {} as Record<string, number>, alreadyThere: 0, later: 0, failed: 0, calls: 0 };
    for (;;) {
      const { claimed, packageRef } = await this.claim(administrationId, worker);
      if (claimed.length === 0) return figures;
      let shut = false;
      for (const effect of claimed) {
        if (await this.isTooLate(administrationId, effect)) continue;
        const outcome: PushResult | PackageError | null = shut ? null : await this.push(accounting, packageRef, effect);
        await this.settle(administrationId, accounting.remindsPer ?? null, effect, outcome, figures);
        shut ||= outcome instanceof PackageError && ['consent-lost', 'rate-limited', 'unavailable'].includes(outcome.kind);
      }
      if (shut) return figures;
    }
  }

  /** Takes the next effects: what was planned before the administration was switched stays inside, and what somebody else reminds of now is dropped. */
  private claim(administrationId: string, worker: string): Promise<{ claimed: EffectEntity[]; packageRef: string }> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { mode, packageRef, remindedBy } = await new LedgerRepository(manager).administration(administrationId);
      const outbox = new OutboxRepository(manager, administrationId);
      const now = this.clock.now();
      await outbox.cancelPlanned('push', overtaken(remindedBy), OVERTAKEN, now);
      const reach = reachOf(mode, remindedBy);
      const only = reach === 'givesBack' ? reach : null;
      return { claimed: reach === 'nothing' ? [] : await outbox.claim('push', worker, BATCH, now, only), packageRef };
    });
  }

  /** Somebody may have changed who reminds while the pushes before this one went out. */
  private async isTooLate(administrationId: string, effect: EffectEntity): Promise<boolean> {
    if (!isOvertaken(effect.payload, null)) return false;
    return this.tenancy.within(administrationId, async (manager) => {
      const { remindedBy } = await new LedgerRepository(manager).administration(administrationId);
      if (!isOvertaken(effect.payload, remindedBy)) return false;
      await new OutboxRepository(manager, administrationId).move(effect, 'cancelled', this.clock.now(), { error: OVERTAKEN });
      return true;
    });
  }

  private async push(accounting: AccountingPackage, packageRef: string, effect: EffectEntity): Promise<PushResult | PackageError> {
    if (isStatement(effect.payload)) return this.pushStatement(accounting, packageRef, effect.administrationId, effect.payload);
    const {
      allocationId: _allocation,
      withdraws: _withdrawn,
      dossierEntry: _dossierEntry,
      takesOver: _taken,
      givesBack: _given,
      ...entry
    } = effect.payload as PushPayload;
    const attachments = accounting.keepsLetters ? await this.lettersOf(effect) : [];
    try {
      return await accounting.push(packageRef, {
        ...entry,
        marker: effect.marker,
        ...(attachments.length > 0 && { attachments }),
      } as PushEntry);
    } catch (cause) {
      if (cause instanceof PackageError) return cause;
      throw cause;
    }
  }

  private async pushStatement(
    accounting: AccountingPackage,
    packageRef: string,
    administrationId: string,
    { statementId }: StatementPayload,
  ): Promise<PushResult | PackageError> {
    const statement = await this.tenancy.within(administrationId, (manager) => keptStatement(manager, administrationId, statementId));
    try {
      if (accounting.importStatement) return await accounting.importStatement(packageRef, statement);
      return new PackageError('not-possible', `${accounting.name} takes no bank statements`);
    } catch (cause) {
      if (cause instanceof PackageError) return cause;
      throw cause;
    }
  }

  /** The letter a reminder is told with; none for one that went by post, of which nothing is kept. */
  private async lettersOf({ administrationId, actId, payload }: EffectEntity): Promise<readonly Attachment[]> {
    if ((payload as PushPayload).kind !== 'reminder-sent' || actId === null) return [];
    const letter = await sentLetter(this.tenancy, administrationId, actId);
    return letter === null ? [] : [{ fileName: letter.fileName, base64: letter.content.toString('base64') }];
  }

  private async notePaused(manager: EntityManager, administrationId: string, about: About, paused: boolean): Promise<void> {
    const which = 'item' in about ? { id: about.item } : { debtorId: about.debtor };
    // Since when the package says so is the pull's to note.
    await manager.update(InvoiceEntity, { administrationId, ...which }, { paused, ...(!paused && { pausedSince: null }) });
  }

  /** What a pause found stopped, a person has stopped since the last pull: no message of ours may go before the next one either. */
  private async noteFoundPaused(manager: EntityManager, administrationId: string, item: string): Promise<void> {
    await manager.update(InvoiceEntity, { administrationId, id: item, pausedSince: IsNull() }, { pausedSince: this.clock.now() });
  }

  /** Writes down what came of it, in one transaction with what follows from it. */
  private async settle(
    administrationId: string,
    remindsPer: RemindsPer | null,
    effect: EffectEntity,
    outcome: PushResult | PackageError | null,
    figures: { written: Record<string, number>; alreadyThere: number; later: number; failed: number; calls: number },
  ): Promise<void> {
    const now = this.clock.now();
    await this.tenancy.within(administrationId, async (manager) => {
      const outbox = new OutboxRepository(manager, administrationId);
      const kept = (effect.result ?? {}) as KeptOfTries;
      if (outcome === null) {
        await outbox.move(effect, 'planned', now, { result: afterPutBack(kept) });
        figures.later++;
      } else if (outcome instanceof PackageError) {
        const verdict = verdictOf(outcome);
        const result = afterFailure(kept, effect.attempts, outcome.stopped, outcome.kind === 'not-yet');
        if (verdict === 'later')
          await outbox.retryLater(effect, now, outcome.message, outcome.retryAt ?? comeAgain(outcome, now), { result });
        else await outbox.move(effect, verdict, now, { error: outcome.message, result });
        figures[verdict]++;
      } else {
        const tries = afterSuccess(kept, effect.attempts, outcome.stoodSo ?? null);
        const result = { ...outcome, ...tries };
        const held = await outbox.move(effect, 'done', now, { result });
        figures.calls += outcome.calls;
        const payload = effect.payload as PushPayload | StatementPayload;
        const { kind } = payload;
        const allocationId = payload.kind === 'statement' ? undefined : payload.allocationId;
        // So that our own message need not wait for the next pull; which says otherwise when a person starts them again.
        // And given back, it does wait: somebody may have let us remind again since that was planned.
        if (held && payload.kind === 'hold') {
          await this.notePaused(manager, administrationId, payload.about, payload.action === 'pause');
          // Of a debtor it may only say that nobody ever chose to remind him.
          const isFoundSo = remindsPer === 'item' && tries.stoodSo === true;
          if (isFoundSo && payload.action === 'pause' && 'item' in payload.about) {
            await this.noteFoundPaused(manager, administrationId, payload.about.item);
          }
        }
        if (outcome.outcome === 'written') figures.written[kind] = (figures.written[kind] ?? 0) + 1;
        else figures.alreadyThere++;
        if (held && allocationId !== undefined && outcome.ref !== null) {
          await manager.update(AllocationEntity, { administrationId, id: allocationId }, { settlementId: outcome.ref });
        }
      }
    });
  }
}

/** What a bookkeeper still has to book comes in a day or so, not in a minute: tried once a day, and shown to a person after as many tries as any. */
const NOT_YET_MS = 20 * 3_600_000;
const comeAgain = ({ kind }: PackageError, now: Date): Date | null => (kind === 'not-yet' ? new Date(now.getTime() + NOT_YET_MS) : null);

/** What a failure means for the effect. One that may have been applied is looked for by its marker first next time, so `later` is safe. */
function verdictOf(error: PackageError): 'later' | 'failed' {
  switch (error.kind) {
    case 'consent-lost':
    case 'rate-limited':
    case 'unavailable':
    case 'not-yet':
    case 'uncertain':
      return 'later';
    case 'no-right':
    case 'refused':
    case 'not-possible':
      return 'failed';
  }
}
