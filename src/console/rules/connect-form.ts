import { normalizeIban } from '../../kernel/identifiers/iban.js';
import { type Result, err, ok } from '../../kernel/result.js';

/** What somebody filled in to connect an administration. */
export interface ConnectFields {
  readonly name: string;
  /** One line for each line of the address. */
  readonly address: string;
  readonly email: string;
  readonly phone?: string;
  /** Account debtors pay to. */
  readonly iban: string;
  /** Other accounts payments come in on, one a line. */
  readonly moreIbans?: string;
  /** Blank: to be chosen later. */
  readonly remindedBy?: '' | 'tegoed' | 'package';
}

interface FilledIn {
  readonly ibans: readonly string[];
  readonly sender: {
    readonly name: string;
    readonly address: readonly string[];
    readonly email: string;
    readonly phone: string | null;
    readonly replyTo: null;
    readonly vatId: null;
    readonly iban: string;
    readonly bic: null;
  };
  readonly policy: string;
  readonly remindedBy: 'tegoed' | 'package' | null;
  readonly vatDeductible: boolean;
  readonly registry: null;
}

const MOST_LINES = 6;
const MOST_IBANS = 20;

/** The form as a connection; failures `invalid-iban`, `too-long`. What it does not ask keeps its default and can be set over the API. */
export function connectionFrom({ name, address, email, phone, iban, moreIbans, remindedBy }: ConnectFields): Result<FilledIn> {
  const written = [iban, ...linesOf(moreIbans ?? '')];
  const ibans = written.map(normalizeIban);
  const wrong = ibans.indexOf(null);
  if (wrong !== -1) return err({ code: 'invalid-iban', message: `"${written[wrong]}" is no IBAN` });
  const addressLines = linesOf(address);
  if (addressLines.length > MOST_LINES || ibans.length > MOST_IBANS) {
    return err({ code: 'too-long', message: `at most ${MOST_LINES} lines of address and ${MOST_IBANS} accounts` });
  }
  const accounts = [...new Set(ibans.filter((each) => each !== null))];
  const main = accounts[0] ?? '';
  return ok({
    ibans: accounts,
    sender: { name, address: addressLines, email, phone: phone || null, replyTo: null, vatId: null, iban: main, bic: null },
    policy: 'default',
    remindedBy: remindedBy || null,
    vatDeductible: true,
    registry: null,
  });
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
