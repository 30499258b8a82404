import { type ActEntity, ActItemEntity } from '../dunning/act.entity.js';
import { ActRepository } from '../dunning/act.repository.js';
import type { Policies } from '../dunning/policy-files.js';
import { PolicyVersionRepository } from '../dunning/policy-version.repository.js';
import { type DecisionContext, decide } from '../dunning/rules/decide.js';
import { type DebtorFacts, factsByDebtor } from '../dunning/rules/facts.js';
import { type Act, actToJson, isCreditKind } from '../dunning/rules/plan.js';
import { stillHolds } from '../dunning/rules/still-holds.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import { IN_DOUBT, debtorsInDoubt } from './debtors-in-doubt.js';
import { keepContact } from './keep-contact.js';
import type { LetterRenderer } from './letter-renderer.js';
import { stillRemindedByPackage } from './still-reminded.js';
import { type MailEnd, type MailKind, type MailUnit, type Verdict, addressed } from './mail-kind.js';
import { besideThePackage } from './rules/beside-the-package.js';
import { composeLetter } from './rules/compose-letter.js';

const ENTRY_OF = {
  sent: 'mail-sent',
  cancelled: 'mail-cancelled',
  unwritable: 'mail-unwritable',
  refused: 'mail-refused',
  'given-up': 'mail-given-up',
  uncertain: 'mail-uncertain',
} as const satisfies Readonly<Record<MailEnd['end'], string>>;

/** Mails that carry out acts: decided again on fresh facts before they go, noted as a contact when they went. */
export class ActMails implements MailKind {
  constructor(
    private readonly policies: Policies,
    private readonly context: DecisionContext,
    private readonly renderer: LetterRenderer,
  ) {}

  async followUncertain({ manager, administration, now }: MailUnit): Promise<void> {
    const { id: administrationId } = administration;
    const acts = await new ActRepository(manager, administrationId).followUncertainEffects();
    await new LedgerRepository(manager).appendToDossier(
      acts.map(({ id, debtorId, step, endedBecause }) => {
        const body = { act: id, step, because: endedBecause };
        return { administrationId, debtorId, at: now, kind: ENTRY_OF.uncertain, body };
      }),
    );
  }

  /** All are decided again on one fresh book. */
  async prepare(effects: readonly EffectEntity[], unit: MailUnit): Promise<ReadonlyMap<string, Verdict>> {
    const { manager, administration, day, now } = unit;
    const acts = new ActRepository(manager, administration.id);
    const rows = new Map((await acts.findAll(effects.flatMap(({ actId }) => actId ?? []))).map((act) => [act.id, act]));
    const used = this.policies.withText(administration.policy);
    const book = await new LedgerRepository(manager).book(administration.id, day);
    const plan = decide(book, used.policy, day, this.context);
    const digest = await new PolicyVersionRepository(manager, administration.id).keep(used, now);
    const policy = { name: used.policy.name, version: String(used.policy.version), digest };
    const today = new Map(plan.acts.filter(({ kind }) => !isCreditKind(kind)).map((act) => [act.debtorId, act]));
    const facts = new Map(factsByDebtor(book).map((each) => [each.debtor.id, each]));

    const stillReminded = await stillRemindedByPackage(manager, administration, plan.acts);
    const inDoubt = await debtorsInDoubt(manager, administration.id);
    const verdicts = new Map<string, Verdict>();
    for (const effect of effects) {
      const act = rows.get(effect.actId ?? '');
      if (!act) throw new Error(`mail ${effect.id} belongs to no act`);
      if (administration.remindedBy !== 'tegoed') {
        verdicts.set(effect.id, { to: 'cancel', because: 'the package reminds its customers itself' });
        continue;
      }
      if (inDoubt.has(act.debtorId)) {
        verdicts.set(effect.id, IN_DOUBT);
        continue;
      }
      const fresh = today.get(act.debtorId);
      const own = facts.get(act.debtorId);
      const changed = stillHolds(act.decision, fresh && actToJson(fresh));
      if (changed !== null || !fresh || !own) {
        verdicts.set(effect.id, { to: 'cancel', because: plan.held ? `held: ${plan.held.reason}` : (changed ?? 'the debtor is gone') });
        continue;
      }
      const verdict = besideThePackage(fresh, stillReminded) ?? (await this.write(fresh, own, unit));
      if (verdict.to === 'send') await acts.renew(act.id, fresh, own, { day, policy, language: administration.language });
      verdicts.set(effect.id, verdict);
    }
    return verdicts;
  }

  private async write(act: Act, facts: DebtorFacts, unit: MailUnit): Promise<Verdict> {
    const { manager, administration, day } = unit;
    const { sender } = administration;
    const debtor = await manager.findOneByOrFail(DebtorEntity, { administrationId: administration.id, id: act.debtorId });
    const rendered = await this.renderer.render(
      composeLetter(act, facts, { ...sender, addressLines: sender.address }, this.context.law, day),
    );
    if (!rendered.ok) return { to: 'fail', because: rendered.error.message };
    const mail = await addressed(rendered.value, debtor, unit);
    return mail ? { to: 'send', mail } : { to: 'fail', because: 'the debtor has no e-mail address' };
  }

  async settle(effect: EffectEntity, end: MailEnd, unit: MailUnit): Promise<void> {
    const { manager, administration, day, now } = unit;
    const acts = new ActRepository(manager, administration.id);
    const act = await acts.find(effect.actId ?? '');
    if (!act) throw new Error(`mail ${effect.id} belongs to no act`);
    switch (end.end) {
      case 'sent':
        await acts.move(act.id, 'done');
        await keepContact(manager, {
          administrationId: administration.id,
          id: act.id,
          debtorId: act.debtorId,
          invoiceIds: (act.decision as { invoiceIds: string[] }).invoiceIds,
          step: act.step,
          kind: act.kind,
          sentOn: day,
        });
        break;
      case 'cancelled':
        await acts.move(act.id, 'cancelled', end.because);
        break;
      case 'unwritable':
      case 'refused':
      case 'given-up':
        await this.fail(act, end.because, unit);
        break;
      case 'uncertain':
        await acts.move(act.id, 'uncertain', end.because);
    }
    const { end: what, ...said } = end;
    const body = { act: act.id, step: act.step, ...(what === 'sent' && { effect: effect.id }), ...said };
    await new LedgerRepository(manager).appendToDossier([
      { administrationId: administration.id, debtorId: act.debtorId, at: now, kind: ENTRY_OF[what], body },
    ]);
  }

  /**
   * Nothing went out, and for this act nothing will. Its items are free for their step again: what stood in the way (an address, a
   * detail the letter needs) may be put right, and until then they are not lost from sight.
   */
  private async fail({ id }: ActEntity, because: string, { manager, administration }: MailUnit): Promise<void> {
    if (!(await new ActRepository(manager, administration.id).move(id, 'failed', because))) return;
    await manager.update(ActItemEntity, { administrationId: administration.id, actId: id }, { live: false });
  }
}
