import type { EntityManager } from 'typeorm';
import { ContactEntity } from '../ledger/receivables.entity.js';

/**
 * Notes that a mail went out. Once: what a person said went out may be proven by its server afterwards, and is one contact.
 */
export async function keepContact(manager: EntityManager, contact: Omit<ContactEntity, 'channel' | 'receivedOn'>): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(ContactEntity)
    .values({ ...contact, channel: 'email', receivedOn: null })
    .orIgnore()
    .execute();
}
