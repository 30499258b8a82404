import { In } from 'typeorm';
import { type Confirmation, type ConfirmationPayload, type Present, invoicesIn, standsStill } from '../dossier/rules/confirmation.js';
import { judgementsOf } from '../dossier/rules/judgements.js';
import { leftToPerson, presses } from '../dossier/rules/who-tells.js';
import type { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import { type DebtorFacts, factsByDebtor } from '../dunning/rules/facts.js';
import { plainDateIn } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity, DisputeEntity, HoldEntity } from '../ledger/receivables.entity.js';
import { withOverrides } from '../ledger/rules/debtor-overrides.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import { IN_DOUBT, debtorsInDoubt } from './debtors-in-doubt.js';
import { keepContact } from './keep-contact.js';
import type { LetterRenderer } from './letter-renderer.js';
import { type MailEnd, type MailKind, type MailUnit, type Verdict, addressed } from './mail-kind.js';
import { stillRemindedByPackage } from './still-reminded.js';
import { besideThePackage } from './rules/beside-the-package.js';
import { composeConfirmation } from './rules/compose-confirmation.js';
import { letterLanguage } from './rules/localized.js';

const ENTRY_OF = {
  sent: 'confirmation-sent',
  cancelled: 'confirmation-cancelled',
  unwritable: 'confirmation-failed',
  refused: 'confirmation-failed',
  'given-up': 'confirmation-failed',
  uncertain: 'confirmation-uncertain',
} as const satisfies Readonly<Record<MailEnd['end'], string>>;

/** What presses for payment does not go out beside the package's own reminders. Null: nothing is in its way. */
function besideIt(
  { payload }: EffectEntity,
  { remindedBy }: MailUnit['administration'],
  stillReminded: ReadonlyMap<string, string>,
): Verdict | null {
  const said = payload as ConfirmationPayload;
  if (leftToPerson(said.confirmation, remindedBy) !== null) return { to: 'cancel', because: 'the package reminds its customers itself' };
  return presses(said.confirmation) ? besideThePackage({ invoiceIds: invoicesIn(said) }, stillReminded) : null;
}

export const isConfirmation = ({ payload }: EffectEntity): boolean => (payload as Partial<ConfirmationPayload>).type === 'confirmation';

/** Mails that confirm what was noted or agreed: they go only while it still is so. */
export class ConfirmationMails implements MailKind {
  constructor(
    private readonly policies: Policies,
    private readonly context: DecisionContext,
    private readonly renderer: LetterRenderer,
  ) {}

  /** The mail itself shows that a person must look. */
  async followUncertain(): Promise<void> {
    return undefined;
  }

  async prepare(effects: readonly EffectEntity[], unit: MailUnit): Promise<ReadonlyMap<string, Verdict>> {
    const { manager, administration, day } = unit;
    const debtorIds = [...new Set(effects.flatMap(({ debtorId }) => debtorId ?? []))];
    const mine = { administrationId: administration.id };
    const book = await new LedgerRepository(manager).book(administration.id, day, debtorIds);
    const facts = new Map(factsByDebtor(book).map((each) => [each.debtor.id, each]));
    const judgements = judgementsOf(book, this.policies.get(administration.policy), day, this.context);
    const debtors = await manager.findBy(DebtorEntity, { ...mine, id: In(debtorIds) });
    const disputes = await manager.findBy(DisputeEntity, { ...mine, debtorId: In(debtorIds) });
    const holds = await manager.findBy(HoldEntity, { ...mine, debtorId: In(debtorIds) });

    const pressing = effects.map(({ payload }) => payload as ConfirmationPayload).filter(({ confirmation }) => presses(confirmation));
    const stillReminded = await stillRemindedByPackage(
      manager,
      administration,
      pressing.map((said) => ({ invoiceIds: invoicesIn(said) })),
    );

    const inDoubt = await debtorsInDoubt(manager, administration.id);
    const verdicts = new Map<string, Verdict>();
    for (const effect of effects) {
      if (inDoubt.has(effect.debtorId ?? '') && presses((effect.payload as ConfirmationPayload).confirmation)) {
        verdicts.set(effect.id, IN_DOUBT);
        continue;
      }
      const debtor = debtors.find(({ id }) => id === effect.debtorId);
      const own = facts.get(effect.debtorId ?? '');
      if (!debtor || !own) {
        verdicts.set(effect.id, { to: 'cancel', because: 'the debtor is gone' });
        continue;
      }
      const { emails } = withOverrides(debtor);
      const present: Present = { facts: own, disputes, holds, emails, judgements, on: day };
      verdicts.set(effect.id, besideIt(effect, administration, stillReminded) ?? (await this.verdict(effect, present, debtor, unit)));
    }
    return verdicts;
  }

  private async verdict(effect: EffectEntity, present: Present, debtor: DebtorEntity, unit: MailUnit): Promise<Verdict> {
    const { administration, day } = unit;
    const said = effect.payload as ConfirmationPayload;
    const standing = standsStill(said, plainDateIn(effect.createdAt, 'Europe/Amsterdam'), present);
    if (!standing.stands) return { to: standing.later ? 'wait' : 'cancel', because: standing.because };
    const rendered = this.write(said, present.facts, administration, day);
    if (!rendered.ok) return { to: 'fail', because: rendered.error.message };
    const mail = await addressed(rendered.value, debtor, unit);
    return mail ? { to: 'send', mail } : { to: 'fail', because: 'the debtor has no e-mail address' };
  }

  private write(
    said: Confirmation,
    facts: DebtorFacts,
    { sender, language }: MailUnit['administration'],
    day: MailUnit['day'],
  ): ReturnType<LetterRenderer['renderConfirmation']> {
    const from = { ...sender, addressLines: sender.address };
    return this.renderer.renderConfirmation(composeConfirmation(said, facts, from, letterLanguage(language, 'nl'), day));
  }

  /** A confirmation is a message about no item: it takes no step of the policy, and keeps the peace between contacts. */
  async settle(effect: EffectEntity, { end, ...said }: MailEnd, { manager, administration, day, now }: MailUnit): Promise<void> {
    const { confirmation } = effect.payload as ConfirmationPayload;
    const { id: administrationId } = administration;
    const debtorId = effect.debtorId ?? '';
    if (end === 'sent') {
      const step = `confirmation/${confirmation}`;
      await keepContact(manager, { administrationId, id: effect.id, debtorId, invoiceIds: [], step, kind: 'statement', sentOn: day });
    }
    await new LedgerRepository(manager).appendToDossier([
      { administrationId, debtorId, at: now, kind: ENTRY_OF[end], body: { effect: effect.id, confirmation, ...said } },
    ]);
  }
}
