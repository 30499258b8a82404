import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { PushPayload } from './push-effects.service.js';
import { TOLD_KINDS, dossierFact } from './rules/dossier-note.js';
import { pushesOf } from './dossier-pushes.js';
import { type Capabilities, possible } from './possible-pushes.js';
import type { NoteLanguage } from './rules/note-text.js';

interface Row {
  readonly sequence: string;
  readonly debtor_id: string;
  readonly on: PlainDate;
  readonly kind: string;
  readonly body: { readonly invoices?: readonly string[] };
  /** The debtor's open items for which the package still reminds. */
  readonly reminding: readonly string[];
}

/**
 * What the package is to hear of dossier entries made while the administration was live, at most `limit` entries at a time, oldest first.
 * Each push names its entry, so none is told twice. A judgement that changed no state as a whole, and a change of anything but the
 * credit limit, are ours alone. Of agencies the package hears what changed a case, and payments.
 */
export async function tellDossier(
  manager: EntityManager,
  { id: administrationId, currency }: AdministrationEntity,
  language: NoteLanguage,
  capabilities: Capabilities,
  limit: number,
): Promise<PlannedEffect[]> {
  const entries = (await manager.query(
    `SELECT entry.sequence::text AS sequence, entry.debtor_id, entry.kind, entry.body,
            (entry.at AT TIME ZONE 'Europe/Amsterdam')::date::text AS on,
            CASE entry.kind WHEN 'hold-set' THEN ARRAY(
              SELECT id FROM invoice
               WHERE invoice.administration_id = $1 AND invoice.debtor_id = entry.debtor_id AND invoice.deleted_at IS NULL
                 AND invoice.kind = 'invoice' AND invoice.package_open > 0 AND NOT invoice.paused
               ORDER BY id) ELSE '{}' END AS reminding
       FROM dossier_entry entry
      WHERE entry.administration_id = $1 AND entry.body ->> 'mode' = 'live' AND entry.kind = ANY ($2::text[])
        AND (entry.kind <> 'arrangement-judged' OR entry.body ->> 'from' <> entry.body ->> 'to')
        AND (entry.kind <> 'debtor-changed' OR entry.body -> 'changes' ->> 'creditLimit' IS NOT NULL)
        AND (entry.kind <> 'contact-returned' OR (entry.body ->> 'undelivered')::boolean)
        AND (entry.kind <> 'agency-told' OR entry.body ->> 'news' = 'payment_registered'
             OR entry.body ->> 'outcome' = 'applied' AND entry.body ->> 'news' <> 'received')
        AND NOT EXISTS (SELECT FROM effect
                         WHERE effect.administration_id = $1 AND effect.kind = 'push'
                           AND effect.payload ->> 'dossierEntry' = entry.sequence::text)
      ORDER BY entry.sequence LIMIT $3`,
    [administrationId, [...TOLD_KINDS], limit],
  )) as Row[];
  return entries.flatMap(({ sequence, debtor_id: debtorId, on, kind, body, reminding }) => {
    const told = { debtorId, on, invoiceIds: body.invoices ?? [], fact: dossierFact(kind, body, currency) };
    return pushesOf(told, reminding, language).flatMap((wanted, at): PlannedEffect[] => {
      const entry = possible(wanted, capabilities);
      if (entry === null) return [];
      const payload: PushPayload = { ...entry, dossierEntry: sequence };
      return [{ id: derivedUuid('push', 'dossier', administrationId, sequence, String(at)), kind: 'push', actId: null, debtorId, payload }];
    });
  });
}
