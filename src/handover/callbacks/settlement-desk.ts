import { type EntityManager, In, Not } from 'typeorm';
import type { Minor } from '../../kernel/money.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { digests } from '../digests.js';
import { CaseRepository } from '../case.repository.js';
import { AgencyTermsEntity, HandoverCaseEntity, HandoverSettlementEntity, HandoverSettlementLineEntity } from '../handover.entity.js';
import type { StatedSettlement } from '../rules/callback/settlement-text.js';
import type { Finding } from '../rules/document/check-dossier.js';
import type { DossierDocument } from '../rules/document/dossier.js';
import { type SettledCase, checkRemittance } from '../rules/settlement/check-remittance.js';
import type { Settlement } from '../rules/settlement/check-settlement.js';

/** A settlement that was taken in. */
export interface TakenSettlement {
  readonly state: 'parked' | 'checked';
  readonly findings: readonly Finding[];
  readonly expected: Minor;
  readonly cases: readonly HandoverCaseEntity[];
  /** It was taken in before, to the letter: nothing was done. */
  readonly repeated: boolean;
}

/** Settlements of agencies; inside a unit of work of the administration. */
export class SettlementDesk {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * Takes in a settlement: checked when it adds up with the dossiers and the settlements before it, parked with what is wrong when it does not.
   * Refuses `unknown-case` (a line of a case that is not this agency's) and `settled-already` (another settlement has this id); nothing is
   * stored then.
   */
  async take(agencyId: string, stated: StatedSettlement, now: Date): Promise<Result<TakenSettlement>> {
    const { administrationId } = this;
    const { settlementId, currency, remitted, remittanceReference } = stated;
    // One after the other: what is left to be settled depends on those before.
    await this.manager.query('SELECT 1 FROM agency WHERE administration_id = $1 AND id = $2 FOR UPDATE', [administrationId, agencyId]);
    const cases = await this.casesOf(agencyId, stated);
    if (cases === null) return err({ code: 'unknown-case', message: 'A line is of a case this agency does not have.' });
    const contentSha256 = digests.sha256(JSON.stringify(stated));
    const known = await this.manager.findOneBy(HandoverSettlementEntity, { administrationId, agencyId, settlementId });
    if (known) {
      if (known.contentSha256 !== contentSha256) {
        return err({ code: 'settled-already', message: `Settlement ${settlementId} was taken in before, and said something else.` });
      }
      const state = known.findings.length > 0 ? 'parked' : 'checked';
      return ok({ state, findings: known.findings, expected: known.expected, cases, repeated: true });
    }
    const terms = await this.manager.findOneBy(AgencyTermsEntity, { administrationId, agencyId });
    const checked = checkRemittance(stated, await this.settledCases(agencyId, cases), terms?.tariff ?? null);
    const { expected, findings } = checked;
    const state = findings.length > 0 ? 'parked' : 'checked';
    await this.manager.insert(HandoverSettlementEntity, {
      administrationId, agencyId, settlementId, receivedAt: now, currency, remitted, expected, findings: [...findings], bankLineId: null,
      state, contentSha256, remittanceReference, decidedBy: null, decidedAt: null, decidedWhy: null,
    } as never); // prettier-ignore
    await this.manager.insert(
      HandoverSettlementLineEntity,
      stated.lines.map(({ invoice, ...line }) => ({ ...line, administrationId, agencyId, settlementId, invoiceNumber: invoice })) as never,
    );
    await this.arrived(cases, settlementId, now);
    return ok({ state, findings, expected, cases, repeated: false });
  }

  /** The cases its lines are of, each once; null when one is not of this agency. */
  private async casesOf(agencyId: string, { lines }: StatedSettlement): Promise<HandoverCaseEntity[] | null> {
    const ids = [...new Set(lines.map(({ caseId }) => caseId))];
    const cases = await this.manager.findBy(HandoverCaseEntity, { administrationId: this.administrationId, agencyId, id: In(ids) });
    return cases.length === ids.length ? cases : null;
  }

  private async settledCases(agencyId: string, cases: readonly HandoverCaseEntity[]): Promise<Map<string, SettledCase>> {
    const settled = new Map<string, SettledCase>();
    for (const { id, version } of cases) {
      const kept = await new CaseRepository(this.manager, this.administrationId).dossier(id, version);
      if (!kept) throw new Error(`case ${id} has no dossier of version ${version}`);
      settled.set(id, { dossier: JSON.parse(kept.document) as DossierDocument, before: await this.before(agencyId, id) });
    }
    return settled;
  }

  /** What was settled of a case before; what a person said no to was not. */
  private async before(agencyId: string, caseId: string): Promise<Settlement[]> {
    const { administrationId } = this;
    const lines = await this.manager.findBy(HandoverSettlementLineEntity, { administrationId, agencyId, caseId });
    const ids = [...new Set(lines.map(({ settlementId }) => settlementId))];
    const standing = await this.manager.findBy(HandoverSettlementEntity, {
      administrationId, agencyId, settlementId: In(ids), state: Not('rejected' as const),
    }); // prettier-ignore
    return standing.map(({ settlementId, remitted }) => ({
      settlementId,
      remitted,
      lines: lines.filter((line) => line.settlementId === settlementId).map((line) => ({ ...line, invoice: line.invoiceNumber })),
    }));
  }

  /** Nobody need wait for the settlement of these cases any more. */
  private async arrived(cases: readonly HandoverCaseEntity[], settlementId: string, now: Date): Promise<void> {
    await this.manager.query(
      `UPDATE handover_task SET done_at = $3, done_by = $4
        WHERE administration_id = $1 AND case_id = ANY ($2::uuid[]) AND kind = 'expect-settlement' AND done_at IS NULL`,
      [this.administrationId, cases.map(({ id }) => id), now, `settlement ${settlementId}`],
    );
  }
}
