import type { PullMemory } from '../accounting-package.port.js';
import { type KnownDebtor, debtorIn, isCustomer, withAccount, withContacts, withTermsOf, withoutContacts } from './rules/debtor.js';
import { type VendorRecord, canonical, guidOf } from './rules/record.js';

type Debtors = Map<string, KnownDebtor>;

/** The debtors of the ledger, joined from accounts, contacts and terms with what it remembers. Each method gives those that changed. */
export class DebtorBook {
  /** Every debtor that came in this pull, changed or not. */
  readonly seen = new Set<string>();

  constructor(private readonly memory: PullMemory) {}

  /** Customers, and accounts that were debtors before. `newcomers`: those whose account came for the first time. */
  async withAccounts(accounts: readonly VendorRecord[]): Promise<{ debtors: Debtors; newcomers: string[] }> {
    const byRef = byKey(accounts, 'ID');
    const remembered = await this.memory.recall('debtors', [...byRef.keys()]);
    const newcomers: string[] = [];
    const debtors = this.changed(byRef, remembered, (known, [account], wasKnown, ref) => {
      if (account === undefined || !(wasKnown || isCustomer(account))) return known;
      this.seen.add(ref);
      if (known.account === null) newcomers.push(ref);
      return withAccount(known, account);
    });
    return { debtors, newcomers };
  }

  /** Contacts of debtors; those of other accounts are nobody's business. */
  async withContacts(contacts: readonly VendorRecord[]): Promise<Debtors> {
    const byAccount = byKey(contacts, 'Account');
    const remembered = await this.memory.recall('debtors', [...byAccount.keys()]);
    return this.changed(byAccount, remembered, (known, own, wasKnown) => (wasKnown ? withContacts(known, own) : known));
  }

  async withoutContacts(ids: readonly string[]): Promise<Debtors> {
    const remembered = ids.length === 0 ? new Map<string, unknown>() : await this.memory.recallByPart('debtors', ids);
    const none = new Map([...remembered.keys()].map((ref) => [ref, []] as const));
    return this.changed(none, remembered, (known) => withoutContacts(known, ids));
  }

  /** What terms tell of their debtors; one nobody knows yet is known by them alone. */
  async withTermsOf(terms: readonly VendorRecord[]): Promise<Debtors> {
    const byAccount = byKey(terms, 'Account');
    const remembered = await this.memory.recall('debtors', [...byAccount.keys()]);
    return this.changed(byAccount, remembered, (known, own) => withTermsOf(known, own));
  }

  /** These debtors with these contacts besides. */
  joined(debtors: Debtors, contacts: readonly VendorRecord[]): Debtors {
    const byAccount = byKey(contacts, 'Account');
    return new Map([...debtors].map(([ref, debtor]) => [ref, withContacts(debtor, byAccount.get(ref) ?? [])]));
  }

  private changed(
    records: ReadonlyMap<string, readonly VendorRecord[]>,
    remembered: ReadonlyMap<string, unknown>,
    change: (known: KnownDebtor, own: readonly VendorRecord[], wasKnown: boolean, ref: string) => KnownDebtor,
  ): Debtors {
    const debtors: Debtors = new Map();
    for (const [ref, own] of records) {
      const known = debtorIn(remembered.get(ref));
      const now = change(known, own, remembered.has(ref), ref);
      if (now !== known && canonical(now) !== canonical(known)) debtors.set(ref, now);
    }
    return debtors;
  }
}

/** Records by an id they carry; those without it are left out. */
function byKey(records: readonly VendorRecord[], key: string): Map<string, VendorRecord[]> {
  const grouped = Map.groupBy(records, (record) => guidOf(record[key]) ?? '');
  grouped.delete('');
  return grouped;
}
