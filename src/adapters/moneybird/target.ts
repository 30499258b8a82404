import { type About, type ItemRef, PackageError } from '../accounting-package.port.js';
import { type Collection, type ItemCollection, isId, parseItemRef } from './rules/refs.js';

/** A record of the package. */
export interface Target<C extends Collection = Collection> {
  readonly collection: C;
  readonly id: string;
}

/** What an entry is about. Throws `refused` when that is nothing of Moneybird. */
export function targetOf(about: About): Target {
  if ('item' in about) return itemTarget(about);
  if (isId(about.debtor)) return { collection: 'contacts', id: about.debtor };
  throw new PackageError('refused', `${about.debtor} is no contact of Moneybird`);
}

export function itemTarget(about: ItemRef): Target<ItemCollection> {
  const target = parseItemRef(about.item);
  if (target) return target;
  throw new PackageError('refused', `${about.item} is no invoice of Moneybird`);
}
