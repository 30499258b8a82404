/** What an agency has no say in (agency-handover.md §10.5): who the creditor is, what he is owed, where his money goes. */
const NO_SAY = ['creditor', 'debtor', 'principal', 'totals', 'claims', 'bankaccount', 'account', 'approval', 'instructions'];
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
/** The debtor's own account is evidence of a payment, not a place to send money to. */
const OF_OTHERS = /debtor|payer|counterparty/i;

type Json = Readonly<Record<string, unknown>>;

/** The fields of a message that are there though the agency has no say in them; they are told, and never applied. */
export const withoutSay = (data: Json): string[] =>
  Object.keys(data)
    .filter((name) => NO_SAY.includes(name.toLowerCase()) || (/iban/i.test(name) && !OF_OTHERS.test(name)))
    .sort();

/** The accounts a message names for the creditor's money, wherever in it: each once, in capitals and without blanks. */
export function statedIbans(data: unknown): string[] {
  const found = new Set<string>();
  collect(data, found);
  return [...found].sort();
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    if (OF_OTHERS.test(name)) continue;
    const text = typeof each === 'string' && /iban|account/i.test(name) ? each.replace(/\s+/g, '').toUpperCase() : '';
    if (IBAN.test(text)) found.add(text);
    collect(each, found);
  }
}

/** The last four characters: enough to know it by, nothing to copy into a payment. */
export const maskedIban = (iban: string): string => `…${iban.slice(-4)}`;
