import type { Tenancy } from '../platform/database/tenancy.js';

/** A message of which nobody knows whether it went out, with what is known of it. */
export interface UncertainMail {
  readonly id: string;
  /** `mail`: to a debtor; `notice`: to our own people; `webhook`: to an agency. */
  readonly kind: 'mail' | 'notice' | 'webhook';
  readonly actId: string | null;
  readonly debtorId: string | null;
  readonly debtor: string | null;
  /** What it is: the kind of the act, of the confirmation, of the notice or of the event. */
  readonly about: string;
  readonly messageId: string | null;
  readonly to: readonly string[];
  readonly subject: string | null;
  /** UTC timestamp of the try; of what was tried before that was kept, of when it was found to be uncertain. */
  readonly triedAt: string;
  readonly because: string | null;
  /** Of an event for an agency: where it is settled. */
  readonly delivery: { readonly agencyId: string; readonly webhookId: string } | null;
}

/** Messages of which nobody knows whether they went out, as people look at them. */
export class UncertainList {
  constructor(private readonly tenancy: Tenancy) {}

  /** All of them, the oldest first; of an agency only what was not sent again since. */
  async list(administrationId: string): Promise<UncertainMail[]> {
    const rows = (await this.tenancy.within(administrationId, (manager) =>
      manager.query(
        `SELECT effect.id, effect.kind, effect.act_id, effect.debtor_id, debtor.name AS debtor, effect.last_error,
                effect.payload ->> 'agencyId' AS agency_id, effect.payload ->> 'webhookId' AS webhook_id,
                coalesce(act.kind, effect.payload ->> 'confirmation', effect.payload ->> 'type') AS about,
                effect.result -> 'mail' ->> 'messageId' AS message_id, effect.result -> 'mail' ->> 'subject' AS subject,
                ARRAY(SELECT jsonb_array_elements(effect.result -> 'mail' -> 'to') ->> 'address') AS "to",
                coalesce((effect.result -> 'tried' ->> 'at')::timestamptz, effect.ended_at) AS tried_at
           FROM effect
           LEFT JOIN act ON act.administration_id = $1 AND act.id = effect.act_id
           LEFT JOIN debtor ON debtor.administration_id = $1 AND debtor.id = effect.debtor_id
          WHERE effect.administration_id = $1 AND effect.state = 'uncertain' AND effect.kind IN ('mail', 'notice', 'webhook')
            AND NOT (effect.kind = 'webhook' AND EXISTS (
                  SELECT FROM effect again WHERE again.administration_id = $1 AND again.kind = 'webhook'
                     AND again.payload ->> 'stream' = effect.payload ->> 'stream'
                     AND again.payload ->> 'number' = effect.payload ->> 'number' AND again.state <> 'uncertain'))
          ORDER BY tried_at, effect.id`,
        [administrationId],
      ),
    )) as Row[];
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      actId: row.act_id,
      debtorId: row.debtor_id,
      debtor: row.debtor,
      about: row.about,
      messageId: row.message_id,
      to: row.to,
      subject: row.subject,
      triedAt: row.tried_at.toISOString(),
      because: row.last_error,
      delivery: row.agency_id !== null && row.webhook_id !== null ? { agencyId: row.agency_id, webhookId: row.webhook_id } : null,
    }));
  }
}

interface Row {
  readonly id: string;
  readonly kind: UncertainMail['kind'];
  readonly act_id: string | null;
  readonly debtor_id: string | null;
  readonly debtor: string | null;
  readonly about: string;
  readonly message_id: string | null;
  readonly subject: string | null;
  readonly to: string[];
  readonly tried_at: Date;
  readonly last_error: string | null;
  readonly agency_id: string | null;
  readonly webhook_id: string | null;
}
