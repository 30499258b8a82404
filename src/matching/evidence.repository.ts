import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { type EvidenceKind, MatchEvidenceEntity } from './match-evidence.entity.js';
import type { Learned, Lesson } from './rules/learn.js';
import type { Evidence, IbanLink } from './rules/vocabulary.js';

/** Who did something, and when. */
export interface Doing {
  /** Key of the person. */
  readonly by: string;
  readonly at: Date;
}

/** What a piece of evidence is about; kinds have their own fields (see the table's check). */
export type EvidenceSubject = Partial<
  Pick<MatchEvidenceEntity, 'iban' | 'debtorId' | 'written' | 'series' | 'invoiceId' | 'bankLineId' | 'learnedAt'>
>;

/** The evidence of one administration; all methods run inside a unit of work of it. */
export class EvidenceRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * What matching is to know, for lines of these ids. A prefix counts from as many confirmations on as an account does; with how many an
   * account identifies its debtor, matching decides itself.
   */
  async forLines(lineIds: readonly string[], confirmationsMin: number): Promise<Omit<Evidence, 'packagePayments'>> {
    const prefixes = (await this.manager.query(
      `SELECT written, series FROM match_evidence WHERE administration_id = $1 AND kind = 'prefix' AND revoked_at IS NULL
        GROUP BY written, series HAVING count(*) >= $2 ORDER BY written, series`,
      [this.administrationId, confirmationsMin],
    )) as { written: string; series: string }[];
    const undone = (await this.manager.query(
      `SELECT bank_line_id AS line, invoice_id AS "invoiceId" FROM match_evidence
        WHERE administration_id = $1 AND kind = 'undone' AND revoked_at IS NULL AND bank_line_id = ANY ($2::uuid[]) ORDER BY bank_line_id, invoice_id`,
      [this.administrationId, lineIds],
    )) as { line: string; invoiceId: string }[];
    return { ibanLinks: await this.ibanLinks(), neutralIbans: await this.neutralIbans(), prefixes, undone };
  }

  async ibanLinks(): Promise<readonly IbanLink[]> {
    return (await this.manager.query(
      `SELECT iban, debtor_id AS "debtorId", count(*)::int AS confirmations FROM match_evidence
        WHERE administration_id = $1 AND kind = 'iban-link' AND revoked_at IS NULL GROUP BY iban, debtor_id ORDER BY iban, debtor_id`,
      [this.administrationId],
    )) as IbanLink[];
  }

  async neutralIbans(): Promise<readonly string[]> {
    const rows = await this.counting({ kind: 'neutral-iban' });
    return rows.map(({ iban }) => iban as string);
  }

  /** What counts about these accounts, and about every prefix. */
  async learned(ibans: readonly string[]): Promise<readonly Learned[]> {
    const links = ibans.length === 0 ? [] : await this.counting({ kind: 'iban-link' as const, iban: In([...ibans]) as never });
    const prefixes = await this.counting({ kind: 'prefix' });
    return [
      ...links.map(({ id, iban, debtorId }) => ({
        id,
        lesson: { kind: 'iban-link' as const, iban: iban as string, debtorId: debtorId as string },
      })),
      ...prefixes.map(({ id, written, series }) => ({
        id,
        lesson: { kind: 'prefix' as const, written: written as string, series: series as string },
      })),
    ];
  }

  async learn(lessons: readonly Lesson[], bankLineId: string, doing: Doing): Promise<void> {
    await this.add(
      lessons.map((lesson) => ({ ...lesson, bankLineId })),
      doing,
    );
  }

  /** Pairs a person refused: matching leaves them alone. */
  async refuse(bankLineId: string, invoiceIds: readonly string[], doing: Doing): Promise<void> {
    await this.add(
      invoiceIds.map((invoiceId) => ({ kind: 'undone', bankLineId, invoiceId })),
      doing,
    );
  }

  /** Pairs a person gave after all. */
  async pardon(bankLineId: string, invoiceIds: readonly string[], { by, at }: Doing): Promise<void> {
    await this.manager.update(
      MatchEvidenceEntity,
      { administrationId: this.administrationId, kind: 'undone', bankLineId, invoiceId: In([...invoiceIds]), revokedAt: IsNull() },
      { revokedAt: at, revokedBy: by, revokedWhy: 'a person gave the line to this invoice after all' },
    );
  }

  /** Adds evidence; the same said twice counts once. */
  async add(pieces: readonly ({ readonly kind: EvidenceKind } & EvidenceSubject)[], { by, at }: Doing): Promise<void> {
    if (pieces.length === 0) return;
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(MatchEvidenceEntity)
      .values(
        pieces.map((piece) => ({ ...piece, administrationId: this.administrationId, id: randomUUID(), learnedAt: at, learnedBy: by })),
      )
      .orIgnore()
      .execute();
  }

  /** Takes back everything that counts of a kind about a subject; gives how much that was. */
  async revoke(kinds: readonly EvidenceKind[], subject: EvidenceSubject, { by, at }: Doing, why: string): Promise<number> {
    const { affected } = await this.manager.update(
      MatchEvidenceEntity,
      { administrationId: this.administrationId, kind: In([...kinds]), ...subject, revokedAt: IsNull() },
      { revokedAt: at, revokedBy: by, revokedWhy: why },
    );
    return affected ?? 0;
  }

  async forget(ids: readonly string[], { by, at }: Doing, why: string): Promise<void> {
    if (ids.length === 0) return;
    await this.manager.update(
      MatchEvidenceEntity,
      { administrationId: this.administrationId, id: In([...ids]), revokedAt: IsNull() },
      { revokedAt: at, revokedBy: by, revokedWhy: why },
    );
  }

  /** All that counts, newest first, at most so many. */
  async all(max: number): Promise<readonly MatchEvidenceEntity[]> {
    return this.manager.find(MatchEvidenceEntity, {
      where: { administrationId: this.administrationId, revokedAt: IsNull() },
      order: { learnedAt: 'DESC', id: 'ASC' },
      take: max,
    });
  }

  private counting(where: { kind: EvidenceKind; iban?: string }): Promise<MatchEvidenceEntity[]> {
    return this.manager.find(MatchEvidenceEntity, {
      where: { administrationId: this.administrationId, revokedAt: IsNull(), ...where },
      order: { learnedAt: 'ASC', id: 'ASC' },
    });
  }
}
