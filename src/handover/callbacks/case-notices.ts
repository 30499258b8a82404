import type { EntityManager } from 'typeorm';
import type { HandoverNoticePayload } from '../../correspondence/rules/handover-notice.js';
import { derivedUuid } from '../../platform/database/ids.js';
import { OutboxRepository } from '../../platform/outbox/outbox.repository.js';

/** What comes within this is told in one mail: an agency's system sends its news in bursts. */
const BUNDLE_MS = 15 * 60_000;
/** A mail with more is no message. */
const NEWS_MAX = 200;

type News = HandoverNoticePayload['news'];

/** Mails to whoever runs the administration about what agencies told; inside a unit of work of it. */
export class CaseNotices {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Adds lines to the mail that waits, or begins one. `about` names what they are of: the same again begins no second mail. */
  async tell(debtorId: string | null, texts: readonly string[], about: string, now: Date): Promise<void> {
    if (texts.length === 0) return;
    const news: News = texts.map((text) => ({ debtorId, text }));
    const [rows] = (await this.manager.query(
      `UPDATE effect SET payload = jsonb_set(payload, '{news}', payload -> 'news' || $3::jsonb)
        WHERE administration_id = $1 AND id = (
          SELECT id FROM effect
           WHERE administration_id = $1 AND kind = 'notice' AND state = 'planned' AND not_before > $2 AND payload ->> 'type' = 'handover'
             AND jsonb_array_length(payload -> 'news') < ${NEWS_MAX}
           ORDER BY created_at, id LIMIT 1 FOR UPDATE)
       RETURNING id`,
      [this.administrationId, now, JSON.stringify(news)],
    )) as [{ id: string }[], number];
    if (rows.length > 0) return;
    const payload: HandoverNoticePayload = { type: 'handover', news };
    const id = derivedUuid('handover-notice', this.administrationId, about);
    const notBefore = new Date(now.getTime() + BUNDLE_MS);
    await new OutboxRepository(this.manager, this.administrationId).plan(
      [{ id, kind: 'notice', actId: null, debtorId: null, payload, notBefore }],
      now,
    );
  }
}
