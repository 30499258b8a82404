import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** What an outbox keeps of a statement that goes to the package: the statement itself stays where it was imported. */
export interface StatementPayload {
  readonly kind: 'statement';
  readonly statementId: string;
}

export const isStatement = (payload: object): payload is StatementPayload => 'statementId' in payload;

/** A statement as it was imported, with its booked lines in their order. Amounts in minor units of its currency. */
interface KeptStatement {
  readonly iban: string;
  readonly currency: string;
  readonly from: PlainDate;
  readonly through: PlainDate;
  readonly opening: Minor;
  readonly closing: Minor;
  /** Null: the bank gave none. */
  readonly sequence: number | null;
  readonly lines: readonly KeptLine[];
}

export interface KeptLine {
  readonly amount: Minor;
  readonly counterpartyIban: string | null;
  readonly description: string;
  readonly endToEndId: string | null;
  readonly servicerReference: string | null;
  /** The bank's own code for what it is. */
  readonly bankCode: string | null;
}

/** The statement as a package takes it (twinfield.md §7.3). A line's reference is what the payer gave, else the bank, else its place. */
export function statementToImport({ iban, currency, from, through, opening, closing, sequence, lines }: KeptStatement) {
  return {
    ...{ iban, currency, from, on: through, opening, closing, number: sequence ?? 0 },
    lines: lines.map(({ amount, counterpartyIban, description, endToEndId, servicerReference, bankCode }, nth) => ({
      contraIban: counterpartyIban,
      type: typeOf(bankCode),
      reference: endToEndId ?? servicerReference ?? `${sequence ?? 0}-${nth + 1}`,
      amount,
      description,
    })),
  };
}

/** As MT940 writes it, `N` and three signs, which the package's sample has (§9); a bank whose own codes are others says "miscellaneous". */
function typeOf(bankCode: string | null): string {
  const [, code] = /^N?([A-Z0-9]{3})$/.exec(bankCode?.trim().toUpperCase() ?? '') ?? [];
  return `N${code ?? 'MSC'}`;
}

/** What decides whether a statement goes to the package at all. */
export interface StatementFacts {
  readonly message: string;
  readonly reconciles: boolean | null;
  readonly superseded: boolean;
  readonly page: number | null;
  readonly last: boolean | null;
  readonly interim: boolean;
}

/** Why a statement was not planned, in words for whoever looks; the last is said also of one that waits for the next day's work. */
export function whyNotPlanned({ message, reconciles, superseded, page, last, interim }: StatementFacts): string {
  if (message !== 'camt.053') return 'only CAMT.053 is sent';
  if (superseded) return 'the bank made it anew';
  if ((page ?? 1) !== 1 || last === false || interim) return 'it is one page of a statement';
  if (reconciles !== true) return 'its lines do not come to what it ends with';
  return 'waits for the next work of the day, or its bookings stand in another statement, or in several currencies';
}
