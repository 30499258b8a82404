import type { EntityManager } from 'typeorm';
import { derivedUuid } from '../../platform/database/ids.js';
import { OutboxRepository } from '../../platform/outbox/outbox.repository.js';
import type { Sealer } from '../../platform/secrets/sealer.js';
import { ConsentEntity } from './consent.entity.js';
import { type StoredConsent, afterAsk, pauseAfter } from './rules/judge-token.js';
import type { Tokens } from './rules/token-age.js';

/** What the notice of a lost connection keeps. */
export interface ConsentLostPayload {
  readonly type: 'consent-lost';
  readonly package: string;
  readonly because: string;
}

/** Stored consents; all methods run inside a unit of work that may reach them. */
export class ConsentRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly sealer: Sealer,
  ) {}

  /** Null: there is none, or none for this unit of work. */
  find(id: string): Promise<ConsentEntity | null> {
    return this.manager.findOneBy(ConsentEntity, { id });
  }

  /** Like {@link find}, and nobody else changes it before the end of the transaction. Waits for whoever is changing it. */
  lock(id: string): Promise<ConsentEntity | null> {
    return this.manager.findOne(ConsentEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * The row the tokens of this user belong in, locked: the living one, or one that was lost after `askedAt`, which our own new consent may
   * have caused. A consent that was lost before stays lost: the user gave the new one to somebody else.
   */
  async adoptable(subject: string, askedAt: Date): Promise<ConsentEntity | null> {
    return this.manager
      .createQueryBuilder(ConsentEntity, 'consent')
      .setLock('pessimistic_write')
      .where('consent.subject = :subject AND (consent.trouble IS NULL OR consent.trouble_since >= :askedAt)', { subject, askedAt })
      .orderBy('consent.trouble_since', 'DESC', 'NULLS FIRST')
      .limit(1)
      .getOne();
  }

  /** Without RETURNING: a key reaches the row only after {@link giveTo}. `askedAt`: by the clock of outgoing traffic. */
  async insert(given: Pick<ConsentEntity, 'id' | 'package' | 'site' | 'subject'>, tokens: Tokens, now: Date, askedAt: Date): Promise<void> {
    await this.manager.query(
      `INSERT INTO consent (id, package, site, subject, tokens, given_at, renewed_at, asks, asks_since) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $7)`,
      [given.id, given.package, given.site, given.subject, this.seal(given.id, tokens), now, askedAt],
    );
  }

  async giveTo(id: string, keyId: string): Promise<void> {
    await this.manager.query('INSERT INTO consent_key (consent_id, key_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, keyId]);
  }

  /** Stores the pair a renewal brought. */
  async keep(consent: ConsentEntity, tokens: Tokens, now: Date): Promise<void> {
    await this.manager.update(ConsentEntity, { id: consent.id }, { ...this.works(consent, tokens, now) });
  }

  /** Stores the pair of a consent that was given again: what was wrong is over. `now`: of the books, `askedAt`: of outgoing traffic. */
  async give(consent: ConsentEntity, tokens: Tokens, now: Date, askedAt: Date): Promise<void> {
    const change = { ...this.works(consent, tokens, askedAt), givenAt: now, trouble: null, troubleSince: null };
    await this.manager.update(ConsentEntity, { id: consent.id }, change);
  }

  /** A renewal that came to nothing: nobody asks again for a while. Gives the moment. */
  async pause(consent: ConsentEntity, now: Date): Promise<Date> {
    const failures = consent.failures + 1;
    const notBefore = new Date(now.getTime() + pauseAfter(failures));
    await this.manager.update(ConsentEntity, { id: consent.id }, { failures, notBefore, ...this.asked(consent, now) });
    return notBefore;
  }

  /** The consent is gone. Whoever runs the administration that noticed is told, once. `now`: of the books, `askedAt`: of outgoing traffic. */
  async lose(consent: ConsentEntity, because: string, noticedBy: string | null, now: Date, askedAt: Date): Promise<void> {
    const { id } = consent;
    await this.manager.update(ConsentEntity, { id }, { trouble: because, troubleSince: now, ...this.asked(consent, askedAt) });
    if (noticedBy !== null) await planNotice(this.manager, noticedBy, { package: consent.package, because, about: id }, now);
  }

  stored(consent: ConsentEntity): StoredConsent {
    return {
      tokens: JSON.parse(this.sealer.open(consent.tokens, consent.id)) as Tokens,
      trouble: consent.trouble,
      notBefore: consent.notBefore?.getTime() ?? null,
      asks: consent.asks,
      asksSince: consent.asksSince.getTime(),
    };
  }

  private works(consent: ConsentEntity, tokens: Tokens, now: Date): Partial<ConsentEntity> {
    return { tokens: this.seal(consent.id, tokens), renewedAt: now, failures: 0, notBefore: null, ...this.asked(consent, now) };
  }

  private seal(id: string, tokens: Tokens): Buffer {
    return this.sealer.seal(JSON.stringify(tokens), id);
  }

  private asked({ asks, asksSince }: ConsentEntity, now: Date): Pick<ConsentEntity, 'asks' | 'asksSince'> {
    const counted = afterAsk({ asks, asksSince: asksSince.getTime() }, now.getTime());
    return { asks: counted.asks, asksSince: new Date(counted.asksSince) };
  }
}

/** Plans the mail that says a connection was lost, in the administration's outbox: one for each trouble. */
export async function planNotice(
  manager: EntityManager,
  administrationId: string,
  { package: name, because, about }: { package: string; because: string; about: string },
  now: Date,
): Promise<void> {
  const payload: ConsentLostPayload = { type: 'consent-lost', package: name, because };
  const id = derivedUuid('consent-lost', about, now.toISOString());
  await new OutboxRepository(manager, administrationId).plan([{ id, kind: 'notice', actId: null, debtorId: null, payload }], now);
}
