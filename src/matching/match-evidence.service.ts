import { In } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { normalizeIban } from '../kernel/identifiers/iban.js';
import { type Result, err, ok } from '../kernel/result.js';
import { DebtorEntity, InvoiceEntity } from '../ledger/receivables.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { type EvidenceSubject, EvidenceRepository } from './evidence.repository.js';
import type { EvidenceKind, MatchEvidenceEntity } from './match-evidence.entity.js';
import { MatchSettingsRepository } from './match-settings.repository.js';

/** How often something was said, last when, and whether that is often enough to count by itself. */
interface Confirmed {
  readonly confirmations: number;
  readonly lastAt: string;
  readonly counts: boolean;
}

/** What matching of an administration has learned, for people: everything here can be revoked. */
export interface EvidenceView {
  readonly ibanLinks: readonly ({ readonly iban: string; readonly debtorId: string; readonly debtor: string } & Confirmed)[];
  readonly neutralIbans: readonly { readonly iban: string; readonly since: string; readonly by: string }[];
  readonly prefixes: readonly ({ readonly written: string; readonly series: string } & Confirmed)[];
  readonly undone: readonly {
    readonly bankLineId: string;
    readonly invoiceId: string;
    readonly invoice: string;
    readonly at: string;
    readonly by: string;
  }[];
  /** There is more than is shown. */
  readonly more: boolean;
}

/** Pieces shown, newest first. */
const SHOWN = 5_000;

/** What was learned from people: visible and revocable. */
export class MatchEvidence {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  async list(administrationId: string): Promise<EvidenceView> {
    return this.tenancy.within(administrationId, async (manager) => {
      const rows = await new EvidenceRepository(manager, administrationId).all(SHOWN + 1);
      const { confirmationsForIban } = await new MatchSettingsRepository(manager, administrationId).settings();
      const shown = rows.slice(0, SHOWN);
      const debtors = await manager.find(DebtorEntity, {
        where: { administrationId, id: In(shown.flatMap(({ debtorId }) => debtorId ?? [])) },
        select: { administrationId: true, id: true, name: true },
      });
      const invoices = await manager.find(InvoiceEntity, {
        where: { administrationId, id: In(shown.flatMap(({ invoiceId }) => invoiceId ?? [])) },
        select: { administrationId: true, id: true, number: true },
      });
      const debtorOf = new Map(debtors.map(({ id, name }) => [id, name]));
      const numberOf = new Map(invoices.map(({ id, number }) => [id, number]));
      const of = (kind: EvidenceKind): MatchEvidenceEntity[] => shown.filter((row) => row.kind === kind);
      const counted = (
        kind: EvidenceKind,
        keyOf: (row: MatchEvidenceEntity) => string,
      ): ({ readonly row: MatchEvidenceEntity } & Confirmed)[] =>
        [...Map.groupBy(of(kind), keyOf).values()].flatMap((same) => {
          const [row] = same;
          if (!row) return [];
          return [{ row, confirmations: same.length, lastAt: row.learnedAt.toISOString(), counts: same.length >= confirmationsForIban }];
        });
      return {
        ibanLinks: counted('iban-link', ({ iban, debtorId }) => `${iban} ${debtorId}`).map(({ row: { iban, debtorId }, ...confirmed }) => ({
          iban: iban ?? '',
          debtorId: debtorId ?? '',
          debtor: debtorOf.get(debtorId ?? '') ?? '',
          ...confirmed,
        })),
        neutralIbans: of('neutral-iban').map(({ iban, learnedAt, learnedBy }) => ({
          iban: iban ?? '',
          since: learnedAt.toISOString(),
          by: learnedBy,
        })),
        prefixes: counted('prefix', ({ written, series }) => `${written} ${series}`).map(({ row: { written, series }, ...confirmed }) => ({
          written: written ?? '',
          series: series ?? '',
          ...confirmed,
        })),
        undone: of('undone').map(({ bankLineId, invoiceId, learnedAt, learnedBy }) => ({
          bankLineId: bankLineId ?? '',
          invoiceId: invoiceId ?? '',
          invoice: numberOf.get(invoiceId ?? '') ?? '',
          at: learnedAt.toISOString(),
          by: learnedBy,
        })),
        more: rows.length > SHOWN,
      };
    });
  }

  /** Says that an account stands for nobody (a payment provider, an accountant, a bailiff); what linked it to debtors no longer counts. */
  async neutralize(administrationId: string, text: string, by: string): Promise<Result<null>> {
    const iban = normalizeIban(text);
    if (iban === null) return err({ code: 'invalid-iban', message: `"${text}" is no IBAN` });
    const doing = { by, at: this.clock.now() };
    await this.tenancy.within(administrationId, async (manager) => {
      const evidence = new EvidenceRepository(manager, administrationId);
      await evidence.add([{ kind: 'neutral-iban', iban }], doing);
      await evidence.revoke(['iban-link'], { iban }, doing, 'a person said that the account stands for nobody');
    });
    return ok(null);
  }

  /** Takes back everything that was learned of a kind about a subject. Refused with `nothing-to-revoke`. */
  async revoke(administrationId: string, kind: EvidenceKind, subject: EvidenceSubject, by: string, why: string): Promise<Result<null>> {
    const doing = { by, at: this.clock.now() };
    const revoked = await this.tenancy.within(administrationId, (manager) =>
      new EvidenceRepository(manager, administrationId).revoke([kind], subject, doing, why),
    );
    return revoked === 0 ? err({ code: 'nothing-to-revoke', message: 'nothing like this counts (any more)' }) : ok(null);
  }
}
