import { randomInt } from 'node:crypto';
import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Mailer } from '../../correspondence/mailer.js';
import { letterLanguage } from '../../correspondence/rules/localized.js';
import { messageIdOf } from '../../correspondence/rules/message-id.js';
import type { Clock } from '../../kernel/clock.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import { derivedUuid } from '../../platform/database/ids.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { digests } from '../digests.js';
import { AgencyEntity, type AgencyState } from '../handover.entity.js';
import { type Channel, DROPPED_FIELDS, type Dropped, type MailSettings, NOT_AVAILABLE } from '../rules/channel/channels.js';
import { testMailWords } from '../rules/channel/mail-words.js';

export interface ChannelView {
  readonly channel: Channel;
  readonly settings: MailSettings | null;
  readonly state: AgencyState;
  /** What does not get through in a form machines read. */
  readonly drops: readonly Dropped[];
}

/** Settings as they are stored: with the test that waits for its answer. */
interface StoredMailSettings extends MailSettings {
  readonly test?: { readonly codeSha256: string; readonly until: string; readonly triesLeft: number };
}

const CODE_LIVES_MS = 24 * 3_600_000;
const TRIES = 5;

/** How news reaches an agency. A mail address has to prove itself as an endpoint does: by a code that was sent there and nowhere else. */
export class AgencyChannels {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
  ) {}

  /** Throws 404. */
  show(administrationId: string, id: string): Promise<ChannelView> {
    return this.tenancy.within(administrationId, async (manager) => toView(await find(manager, administrationId, id)));
  }

  /** Another channel or address; nothing goes over it before it has proven itself. Throws 404, and 409 `channel-not-available`. */
  set(administrationId: string, id: string, channel: Channel, settings: MailSettings | null): Promise<ChannelView> {
    if (NOT_AVAILABLE.includes(channel))
      throw new ConflictException({ code: 'channel-not-available', message: `This installation has no ${channel}.` });
    return this.tenancy.within(administrationId, async (manager) => {
      const agency = await find(manager, administrationId, id);
      const change = { channel, channelSettings: settings ?? {}, state: 'unproven' as const, stateBecause: null };
      await manager.update(AgencyEntity, { administrationId, id }, change as never);
      return toView({ ...agency, ...change });
    });
  }

  /** Mails a code to the address. Throws 404, 409 `no-mail-channel`, and `MailError` when it cannot be sent. */
  async test(administrationId: string, id: string): Promise<void> {
    const code = String(randomInt(10_000_000, 99_999_999));
    const now = this.clock.now();
    const { sender, language, settings } = await this.tenancy.within(administrationId, async (manager) => {
      const agency = await mailed(manager, administrationId, id);
      const { to, decimal } = agency.channelSettings as StoredMailSettings;
      const test = {
        codeSha256: digests.sha256(`${id} ${code}`),
        until: new Date(now.getTime() + CODE_LIVES_MS).toISOString(),
        triesLeft: TRIES,
      };
      await manager.update(AgencyEntity, { administrationId, id }, { channelSettings: { to, decimal, test } as never });
      const administration = await new LedgerRepository(manager).administration(administrationId);
      return { ...administration, settings: { to, decimal } };
    });
    const effectId = derivedUuid('channel-test', id, now.toISOString());
    await this.mailer.send({
      ...testMailWords(sender.name, code, letterLanguage(language, 'nl')),
      ...{ effectId, messageId: messageIdOf(effectId, sender.email.slice(sender.email.lastIndexOf('@') + 1)) },
      ...{ from: { name: sender.name, address: sender.email }, replyTo: null, to: [{ name: null, address: settings.to }], attachments: [] },
    });
  }

  /** Enables the address when the code is the one that was mailed there; a code is good for a day and five tries. Gives whether it was. */
  confirm(administrationId: string, id: string, code: string): Promise<boolean> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { channelSettings } = await mailed(manager, administrationId, id);
      const { test, ...settings } = channelSettings as StoredMailSettings;
      if (!test || test.triesLeft < 1 || test.until <= this.clock.now().toISOString()) return false;
      const proven = test.codeSha256 === digests.sha256(`${id} ${code}`);
      const change = proven
        ? { channelSettings: settings, state: 'active', stateBecause: null }
        : { channelSettings: { ...settings, test: { ...test, triesLeft: test.triesLeft - 1 } } };
      await manager.update(AgencyEntity, { administrationId, id }, change as never);
      return proven;
    });
  }
}

async function find(manager: EntityManager, administrationId: string, id: string): Promise<AgencyEntity> {
  // Nobody else changes it before this is over: tries are counted.
  await manager.query('SELECT 1 FROM agency WHERE administration_id = $1 AND id = $2 FOR UPDATE', [administrationId, id]);
  const agency = await manager.findOneBy(AgencyEntity, { administrationId, id });
  if (!agency) throw new NotFoundException({ code: 'unknown-agency', message: `This administration has no agency ${id}.` });
  return agency;
}

async function mailed(manager: EntityManager, administrationId: string, id: string): Promise<AgencyEntity> {
  const agency = await find(manager, administrationId, id);
  if (agency.channel !== 'mail')
    throw new ConflictException({ code: 'no-mail-channel', message: 'News to this agency does not go by mail.' });
  return agency;
}

function toView({ channel, channelSettings, state }: AgencyEntity): ChannelView {
  const { to, decimal } = channelSettings as MailSettings;
  return { channel, settings: channel === 'mail' ? { to, decimal } : null, state, drops: DROPPED_FIELDS[channel] };
}
