import { compactAccount, identification, partyName } from '../identification.js';
import type { Account, Counterparty } from '../statement.js';
import type { RawParty } from './raw.js';

/** The two sides of a transaction and what decides between them. */
export interface Sides {
  readonly credit: boolean;
  /** A reversal or a payment that came back: there banks disagree on who is called debtor. */
  readonly cameBack: boolean;
  readonly debtor: RawParty | null;
  readonly creditor: RawParty | null;
  readonly ultimateDebtor: string | null;
  readonly ultimateCreditor: string | null;
}

/** The name of a counterparty, its account and its bank as the file gives them; null when it gives nothing. */
function counterpartyOf(party: RawParty | null, ultimate: string | null): Counterparty | null {
  const iban = identification(party?.iban ?? null);
  const counterparty = {
    name: partyName(party?.name ?? null),
    iban: iban === null ? null : compactAccount(iban),
    other: identification(party?.other ?? null) ?? identification(party?.proxy ?? null),
    bic: identification(party?.bic ?? null),
    country: identification(party?.country ?? null),
    ultimateName: partyName(ultimate),
  };
  return (counterparty.name ?? counterparty.iban ?? counterparty.other ?? counterparty.bic ?? counterparty.ultimateName)
    ? counterparty
    : null;
}

const accountOf = (party: Pick<Counterparty, 'iban' | 'other'>): string | null =>
  party.iban ?? (party.other === null ? null : compactAccount(party.other));

const isOwn = (party: Counterparty, own: Account): boolean => {
  const account = accountOf(party);
  return account !== null && account === accountOf(own);
};

/** Says who, beyond the bank in between. */
const isNamed = (party: Counterparty): boolean => party.name !== null || accountOf(party) !== null;

/**
 * The other side of a transaction: the debtor of a credit, the creditor of a debit; failing that the other role (on returns Dutch
 * banks go by the direction of the booking, PostFinance by the role in the original, camt053.md §3), and never the account itself.
 * A party in our own role without an account number is taken for us unless the payment came back under another name than ours.
 */
export function chooseCounterparty(sides: Sides, own: Account): Counterparty | null {
  const debtor = counterpartyOf(sides.debtor, sides.ultimateDebtor);
  const creditor = counterpartyOf(sides.creditor, sides.ultimateCreditor);
  const [opposite, same] = sides.credit ? [debtor, creditor] : [creditor, debtor];
  if (opposite !== null && isNamed(opposite) && !isOwn(opposite, own)) return opposite;
  if (same !== null && isNamed(same) && !isOwn(same, own)) {
    const hasAccount = accountOf(same) !== null;
    const ourName = same.name !== null && same.name.toLowerCase() === own.owner?.toLowerCase();
    if (hasAccount || (sides.cameBack && !ourName)) return same;
  }
  return opposite !== null && !isOwn(opposite, own) ? opposite : null;
}
