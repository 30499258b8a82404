import { IsNull } from 'typeorm';
import { debtorAddress } from '../adapters/debtor-address.js';
import { ActEntity, ActItemEntity } from '../dunning/act.entity.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { ContactEntity, DebtorEntity } from '../ledger/receivables.entity.js';
import { ReturnedContactEntity } from '../ledger/returned-contact.entity.js';
import type { DebtorAddress } from '../ledger/rules/debtor-overrides.js';
import { isUuid } from '../platform/database/ids.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import type { Dossier, DossierDesk } from './dossier-desk.js';
import { accepted, refused, unknown } from './refusals.js';
import { acceptReturned } from './rules/returned-post.js';

export interface ReturnedRequest {
  /** The day it came back; null: today. */
  readonly on: PlainDate | null;
  /** The one address it came back from; null: all it went to. */
  readonly address: string | null;
  readonly note: string | null;
  readonly by: string;
}

/** Mails that bounced and letters that came back, as people note them. */
export class ReturnedPost {
  constructor(private readonly desk: DossierDesk) {}

  /**
   * Notes that a message came back: a notice that did not arrive opens no term (art. 3:37(3) BW), so the step counts as not taken, and
   * nothing is sent to the address again until it is another. Noted again, nothing happens. Throws 404 `unknown-contact`, and 409 with
   * the codes of `acceptReturned`.
   */
  note(administrationId: string, contactId: string, { on, address, note, by }: ReturnedRequest): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const { manager } = dossier;
      const contact = await manager.findOneBy(ContactEntity, { administrationId, id: contactId });
      if (!contact) throw unknown('contact', contactId);
      const { debtorId, channel } = contact;
      await dossier.lockDebtor(debtorId);
      const known = await manager.findBy(ReturnedContactEntity, { administrationId, contactId });
      const sent = { ...contact, addresses: await wentTo(dossier, contact), returnedFrom: known.map((each) => each.address) };
      const day = on ?? dossier.on;
      const returned = accepted(acceptReturned(sent, day, address, dossier.on));
      if (returned.addresses.length === 0) return;
      const row = { administrationId, contactId, debtorId, channel: returned.channel, undelivered: returned.undelivered };
      const said = { returnedOn: day, note, notedBy: by, notedAt: dossier.now, goodAgainAt: null };
      await manager.insert(
        ReturnedContactEntity,
        returned.addresses.map((from) => ({ ...row, ...said, address: from })),
      );
      if (returned.undelivered) await this.takeAgain(dossier, contactId, day);
      const { step, kind, sentOn, invoiceIds: invoices } = contact;
      const body = { contact: contactId, step, kind, channel, sentOn, on: day, undelivered: returned.undelivered, invoices };
      await dossier.note(debtorId, 'contact-returned', { ...body, addresses: returned.addresses, note, by });
    });
  }

  /** A person says that an address is right after all. Throws 404, and 409 `nothing-returned`. */
  addressIsRight(administrationId: string, debtorId: string, channel: 'email' | 'letter', by: string, note: string | null): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      await dossier.debtor(debtorId);
      const { affected } = await dossier.manager.update(
        ReturnedContactEntity,
        { administrationId, debtorId, channel, goodAgainAt: IsNull() },
        { goodAgainAt: dossier.now },
      );
      if (!affected) throw refused('nothing-returned', `nothing came back from an address of debtor ${debtorId} by ${channel}`);
      await dossier.note(debtorId, 'address-right', { channel, by, note });
    });
  }

  /** Letters may be sent again where the package or a person has given another address since. Run again it finds nothing. */
  followAddresses(administrationId: string): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const where = { administrationId, channel: 'letter' as const, goodAgainAt: IsNull() };
      for (const row of await dossier.manager.find(ReturnedContactEntity, { where, order: { debtorId: 'ASC', contactId: 'ASC' } })) {
        const address = await postAddress(dossier, row.debtorId);
        if (address === null || address === row.address) continue;
        const { contactId, debtorId } = row;
        await dossier.manager.update(
          ReturnedContactEntity,
          { administrationId, contactId, address: row.address },
          { goodAgainAt: dossier.now },
        );
        await dossier.note(debtorId, 'address-right', { channel: 'letter', by: null, note: null });
      }
    });
  }

  /** Its items are free for their step again; what is shown of the act says why. */
  private async takeAgain({ manager, administration }: Dossier, contactId: string, on: PlainDate): Promise<void> {
    if (!isUuid(contactId)) return;
    const administrationId = administration.id;
    await manager.update(ActItemEntity, { administrationId, actId: contactId }, { live: false });
    await manager.update(ActEntity, { administrationId, id: contactId, state: 'done' }, { endedBecause: `it came back on ${on}` });
  }
}

/** Where a message went: as kept with the mail; a letter to where the debtor is to be found by what is known now. */
async function wentTo(dossier: Dossier, { id, channel, debtorId }: ContactEntity): Promise<string[]> {
  const administrationId = dossier.administration.id;
  if (channel === 'letter') return [await postAddress(dossier, debtorId)].flatMap((address) => address ?? []);
  if (channel !== 'email' || !isUuid(id)) return [];
  const mail = await dossier.manager.findOneBy(EffectEntity, [
    { administrationId, kind: 'mail', state: 'done', actId: id },
    { administrationId, kind: 'mail', state: 'done', id },
  ]);
  const kept = mail?.result as { readonly mail?: { readonly to: readonly { readonly address: string }[] } } | null | undefined;
  return [...new Set((kept?.mail?.to ?? []).map(({ address }) => address.trim().toLowerCase()))];
}

async function postAddress({ manager, administration }: Dossier, debtorId: string): Promise<string | null> {
  const { overrides, raw } = await manager.findOneByOrFail(DebtorEntity, { administrationId: administration.id, id: debtorId });
  const address = overrides.address ?? debtorAddress(raw, administration.package);
  return address && inOneLine(address);
}

const inOneLine = ({ street, houseNumber, suffix, postcode, city }: DebtorAddress): string =>
  [
    [street, houseNumber, suffix],
    [postcode, city],
  ]
    .map((parts) => parts.filter((part) => part !== null).join(' '))
    .join(', ');
