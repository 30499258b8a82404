import type { EntityManager } from 'typeorm';
import { debtorsOfMails } from '../ledger/debtors-of-mails.js';
import type { Verdict } from './mail-kind.js';

/**
 * Those of whom nobody knows whether a mail reached them, or one about what is theirs now: until a person says so, nothing else that presses
 * goes to them.
 */
export const debtorsInDoubt = (manager: EntityManager, administrationId: string): Promise<ReadonlySet<string>> =>
  debtorsOfMails(manager, administrationId, 'uncertain');

export const IN_DOUBT: Verdict = { to: 'wait', because: 'nobody knows whether another mail to this debtor went out' };
