import { sameKey } from './account-key.js';

/** An administration and the accounts that are its own. */
export interface AccountOwner {
  readonly id: string;
  readonly name: string;
  readonly ibans: readonly string[];
}

/** To which administration each account of a file goes. */
export interface Distribution {
  /** Account → administration. */
  readonly assigned: ReadonlyMap<string, string>;
  /** Accounts nobody owns. */
  readonly nobodys: readonly string[];
  /** Accounts more than one administration calls its own: choosing would be guessing. */
  readonly disputed: readonly { readonly account: string; readonly owners: readonly string[] }[];
}

export function distribute(accounts: readonly string[], owners: readonly AccountOwner[]): Distribution {
  const ownersOf = new Map<string, AccountOwner[]>();
  for (const owner of owners) {
    for (const account of new Set(owner.ibans.map(sameKey))) ownersOf.set(account, [...(ownersOf.get(account) ?? []), owner]);
  }
  const assigned = new Map<string, string>();
  const nobodys: string[] = [];
  const disputed: Distribution['disputed'][number][] = [];
  for (const account of accounts) {
    const [first, ...others] = ownersOf.get(account) ?? [];
    if (first === undefined) nobodys.push(account);
    else if (others.length > 0) disputed.push({ account, owners: [first, ...others].map(({ name }) => name) });
    else assigned.set(account, first.id);
  }
  return { assigned, nobodys, disputed };
}
