import { type EntityManager, In } from 'typeorm';
import { ActEntity } from '../dunning/act.entity.js';
import { type Minor, parseAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { unwrap } from '../kernel/result.js';
import type { Contact, Payment } from '../ledger/rules/book.js';
import { ArrangementEntity, DisputeEntity, PromiseEntity, SettlementEntity } from '../ledger/receivables.entity.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import type { Movement } from './rules/case/receipts.js';
import type { Receipt } from './rules/document/case-file.js';

/** A message as it went out: what was asked in it, and where it went. */
export interface SentMessage {
  readonly contact: Contact;
  /** What its act asked; null: it was no act of ours (a book that was read in). */
  readonly act: {
    readonly total: Minor;
    readonly costs: Minor;
    readonly announcedCosts: Minor;
    readonly announcedVat: Minor;
    readonly payBy: PlainDate | null;
    /** What was asked of each item. */
    readonly asked: readonly Minor[];
  } | null;
  /** Kept with the mail; null: it went by post, or was sent elsewhere. */
  readonly mail: { readonly sentAt: Date; readonly to: string | null; readonly text: string } | null;
}

/** What a claim is proven by, from the books of one administration; inside a unit of work of it. */
export class CaseEvidence {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Costs and interest that agencies collected on invoices in cases these have come back from, as far as no person has refused the settlement. */
  async collectedBefore(invoiceIds: readonly string[]): Promise<Minor> {
    const [row] = (await this.manager.query(
      `SELECT coalesce(sum(line.costs + line.court_costs + line.interest), 0)::text AS collected
         FROM handover_settlement_line line
         JOIN handover_settlement settlement ON settlement.administration_id = $1 AND settlement.agency_id = line.agency_id
                                            AND settlement.settlement_id = line.settlement_id AND settlement.state <> 'rejected'
        WHERE line.administration_id = $1
          AND line.case_id IN (SELECT case_id FROM handover_item
                                WHERE administration_id = $1 AND invoice_id = ANY ($2::text[]) AND released_on IS NOT NULL)`,
      [this.administrationId, [...invoiceIds]],
    )) as { collected: string }[];
    return Number(row?.collected ?? 0);
  }

  /** Contacts that were messages, with what was in them. */
  async messages(contacts: readonly Contact[]): Promise<SentMessage[]> {
    const { administrationId } = this;
    const written = contacts.filter(({ kind }) => kind !== 'call');
    const ids = written.map(({ id }) => id).filter((id) => UUID.test(id));
    const acts = await this.manager.findBy(ActEntity, { administrationId, id: In(ids) });
    const mails = await this.manager.findBy(EffectEntity, { administrationId, kind: 'mail', state: 'done', actId: In(ids) });
    const actOf = new Map(acts.map((act) => [act.id, act]));
    const mailOf = new Map(mails.map((mail) => [mail.actId, mail]));
    return written.map((contact) => ({
      contact,
      act: askedBy(actOf.get(contact.id)),
      mail: keptOf(mailOf.get(contact.id)),
    }));
  }

  /**
   * What came in on invoices: the payments of the book, which the package and our bank lines both know once, and those a bank took back,
   * which no longer count.
   */
  async movements(payments: readonly Payment[], invoiceIds: readonly string[]): Promise<{ live: Movement[]; returned: Receipt[] }> {
    const { administrationId } = this;
    const settlements = await this.manager.findBy(SettlementEntity, { administrationId, invoiceId: In([...invoiceIds]) });
    const kindOf = new Map(settlements.map(({ id, invoiceId, kind }) => [`${invoiceId}/${id}`, kind]));
    const banked = (await this.manager.query(
      `SELECT allocation.id, allocation.settlement_id, allocation.invoice_id, allocation.amount::text AS amount, line.booked_on::text AS booked_on,
              back.booked_on::text AS returned_on, allocation.reversed_at IS NOT NULL AS reversed,
              coalesce(line.detail ->> 'servicerReference', line.detail ->> 'entryReference', line.identity) AS reference
         FROM allocation
         JOIN bank_line line ON line.administration_id = $1 AND line.id = allocation.bank_line_id
         LEFT JOIN bank_line back ON back.administration_id = $1 AND back.return_of = line.id
        WHERE allocation.administration_id = $1 AND allocation.invoice_id = ANY ($2)`,
      [administrationId, [...invoiceIds]],
    )) as BankedRow[];
    const referenceOf = new Map(
      banked
        .filter(({ reversed }) => !reversed)
        .flatMap((row) => [row.id, `${row.invoice_id}/${row.settlement_id}`].map((key) => [key, row])),
    );
    const live = payments.flatMap(({ id, invoiceId, date, amount }): Movement[] => {
      if (invoiceId === null || !invoiceIds.includes(invoiceId)) return [];
      // A package's payment over several invoices has the invoice before its id already.
      const key = id.startsWith(`${invoiceId}/`) ? id : `${invoiceId}/${id}`;
      const kind = (kindOf.get(key) ?? 'payment') === 'payment' ? 'payment' : 'credit-note';
      const bankReference = (referenceOf.get(id) ?? referenceOf.get(key))?.reference ?? null;
      return [{ invoiceId, on: date, amount, kind, bankReference }];
    });
    const returned = banked
      .filter(({ reversed, returned_on: on }) => reversed && on !== null)
      .map((row): Receipt => ({
        invoiceId: row.invoice_id,
        on: row.booked_on,
        amount: Number(row.amount),
        kind: 'payment',
        reversedOn: row.returned_on,
        bankReference: row.reference,
      }));
    return { live, returned };
  }

  disputes(invoiceIds: readonly string[]): Promise<DisputeEntity[]> {
    const where = { administrationId: this.administrationId, invoiceId: In([...invoiceIds]) };
    return this.manager.find(DisputeEntity, { where, order: { openedOn: 'ASC', id: 'ASC' } });
  }

  /** Promises and arrangements about these invoices, or about all of the debtor's. */
  async agreements(
    debtorId: string,
    invoiceIds: readonly string[],
  ): Promise<{ readonly promises: PromiseEntity[]; readonly arrangements: ArrangementEntity[] }> {
    const where = { administrationId: this.administrationId, debtorId };
    const isAbout = ({ invoiceIds: ids }: { invoiceIds: string[] }): boolean =>
      ids.length === 0 || ids.some((id) => invoiceIds.includes(id));
    const promises = await this.manager.find(PromiseEntity, { where, order: { madeOn: 'ASC', id: 'ASC' } });
    const arrangements = await this.manager.find(ArrangementEntity, { where, order: { id: 'ASC' } });
    return { promises: promises.filter(isAbout), arrangements: arrangements.filter(isAbout) };
  }

  /** What came of calls, by the day: outcomes as they were noted, without anybody's words. */
  async calls(debtorId: string): Promise<{ readonly on: PlainDate; readonly outcome: string }[]> {
    return (await this.manager.query(
      `SELECT (at AT TIME ZONE 'Europe/Amsterdam')::date::text AS on, body ->> 'outcome' AS outcome FROM dossier_entry
        WHERE administration_id = $1 AND debtor_id = $2 AND kind = 'call-made' ORDER BY sequence`,
      [this.administrationId, debtorId],
    )) as { on: PlainDate; outcome: string }[];
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface BankedRow {
  readonly id: string;
  readonly settlement_id: string | null;
  readonly invoice_id: string;
  readonly amount: string;
  readonly booked_on: PlainDate;
  readonly returned_on: PlainDate | null;
  readonly reversed: boolean;
  readonly reference: string | null;
}

/** What an act asked, from the decision that was kept with it. */
function askedBy(act: ActEntity | undefined): SentMessage['act'] {
  if (!act) return null;
  const decision = act.decision as Record<string, unknown> & { readonly lines?: readonly { readonly asked: string }[] };
  const amount = (text: unknown): Minor => (text === undefined ? 0 : unwrap(parseAmount(String(text), act.currency)));
  return {
    total: amount(decision['total']),
    costs: amount(decision['costs']),
    announcedCosts: amount(decision['announcedCosts']),
    announcedVat: amount(decision['announcedVat']),
    payBy: (decision['payBy'] ?? null) as PlainDate | null,
    asked: (decision.lines ?? []).map(({ asked }) => amount(asked)).filter((asked) => asked > 0),
  };
}

function keptOf(effect: EffectEntity | undefined): SentMessage['mail'] {
  const mail = (effect?.result as { mail?: { to?: readonly { address: string }[]; text?: string } } | null)?.mail;
  if (!effect || !mail) return null;
  return { sentAt: effect.endedAt ?? effect.createdAt, to: mail.to?.[0]?.address ?? null, text: mail.text ?? '' };
}
