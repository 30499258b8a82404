/** What a case needs to make one payment: chance, the office, and the invoices nobody has paid yet. */
import type { Dice } from './dice.js';
import { iban } from './identifiers.js';
import { day, isOpenCredit, isOpenInvoice, type Bill, type Firm, type Office } from './office.js';
import { asBankSays } from './writing.js';

export interface Payer {
  readonly name: string | null;
  readonly iban: string | null;
  readonly ultimate?: string;
}
/** What a careful bookkeeper would do with the line, worked out from what he can see, and what really was meant. */
export interface Truth {
  readonly case: string;
  /** Invoice id to cents. */
  readonly pays: Readonly<Record<string, number>>;
  /** Discount, charges, currency: the invoices decide, an amount between what came and what was open is right. */
  readonly lenient?: boolean;
  /** Would be booked without asking anybody. */
  readonly sure: boolean;
  readonly undoes?: Line;
}
export interface Line {
  readonly cents: number;
  readonly payer: Payer | null;
  readonly texts: readonly string[];
  readonly structured?: { readonly reference: string; readonly issuer: string | null };
  readonly endToEnd?: string;
  readonly mandate?: string;
  readonly code: readonly [string, string];
  readonly returned?: string;
  readonly info?: string;
  readonly charges?: number;
  readonly instructed?: { readonly amount: string; readonly currency: string };
  readonly truth: Truth;
}
/** One booking of the bank. `folded`: the bank tells the number of payments and not the payments. */
export interface Entry {
  readonly lines: readonly Line[];
  readonly folded?: number;
  readonly account?: string;
}

export const TRANSFER = ['RCDT', 'ESCT'] as const;

export class Till {
  private readonly spent = new Set<string>();

  constructor(
    readonly office: Office,
    readonly dice: Dice,
  ) {}

  /** Open invoices of one firm nobody has paid yet, oldest first. */
  unpaid(firm: Firm): Bill[] {
    return firm.bills.filter((bill) => isOpenInvoice(bill) && !this.spent.has(bill.id));
  }

  credits(firm: Firm): Bill[] {
    return firm.bills.filter((bill) => isOpenCredit(bill) && !this.spent.has(bill.id));
  }

  /** `count` unpaid invoices of one firm that fits, now spent; null when no firm has so many. */
  take(
    count: number,
    fits: (firm: Firm) => boolean = () => true,
    choose: (bills: Bill[]) => Bill[] = (bills) => this.dice.some(bills, count),
  ): Bill[] | null {
    const firms = this.office.firms.filter((firm) => this.unpaid(firm).length >= count && fits(firm));
    if (firms.length === 0) return null;
    const taken = choose(this.unpaid(this.dice.of(firms)));
    this.spend(taken);
    return taken;
  }

  spend(bills: readonly Bill[]): void {
    for (const bill of bills) this.spent.add(bill.id);
  }

  /** Who pays for this firm, as the bank tells it: mostly from an account the book knows. */
  payer(firm: Firm, knownShare = this.office.mix === 'hard' ? 0.55 : 0.76): Payer {
    const { dice } = this;
    if (firm.ibans.length > 0 && dice.chance(knownShare))
      return { name: dice.chance(0.93) ? asBankSays(dice, firm.name) : null, iban: dice.of(firm.ibans) };
    if (dice.chance(0.85)) return { name: asBankSays(dice, firm.name), iban: dice.chance(0.9) ? iban(dice, firm.country) : null };
    return { name: dice.of(['Boekhouding', 'Crediteurenadministratie', 'Hr. en/of Mw. P. Zantinge', 'Fin. adm.']), iban: iban(dice) };
  }

  /** Firms that hold the payer's account. */
  holders(payer: Payer | null): Firm[] {
    return this.office.firms.filter(({ ibans }) => ibans.includes(payer?.iban ?? ''));
  }

  /** The account is this firm's and no other firm's: the debtor is beyond doubt. */
  holds(payer: Payer, firm: Firm): boolean {
    const holders = this.holders(payer);
    return holders.length === 1 && holders[0] === firm;
  }

  /** The name is this firm's in every letter (case and legal form aside), and no other firm's. */
  names(payer: Payer, firm: Firm): boolean {
    if (payer.name === null) return false;
    const said = payer.name.toLowerCase();
    const same = this.office.firms.filter((other) => other.name.toLowerCase() === said || other.name.toLowerCase().startsWith(`${said} `));
    return said.length >= 8 && same.length === 1 && same[0] === firm;
  }

  /** Nothing else these firms owe has this amount, alone. */
  onlyAmount(firms: readonly Firm[], bill: Bill): boolean {
    return firms.flatMap((firm) => firm.bills).filter((other) => other.open === bill.open).length === 1;
  }

  /** Digits `end` end the number of one open invoice of the firm only. */
  onlyEnd(firm: Firm, end: string): boolean {
    return firm.bills.filter((bill) => bill.open > 0 && bill.number.replace(/\D/g, '').endsWith(end.replace(/\D/g, ''))).length === 1;
  }

  payDay(): string {
    return day(this.office.asOf, this.dice.between(1, 7));
  }
}
