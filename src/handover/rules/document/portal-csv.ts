import { csvFile, csvText as cell } from '../../../kernel/csv.js';
import type { ClaimBlock, DossierDocument } from './dossier.js';

/** The columns portals of agencies take (agency-handover.md §4), one row per invoice. */
const COLUMNS = [
  'caseRef', 'debtorRef', 'segment', 'name', 'registryNo', 'vatNo', 'street', 'houseNo', 'suffix', 'postcode', 'city', 'country', 'email',
  'phone', 'invoiceNo', 'invoiceDate', 'dueDate', 'currency', 'originalAmount', 'openAmount', 'description', 'lastReminderDate',
  'costLetterDate', 'disputed', 'contractDate', 'language',
] as const; // prettier-ignore
type Row = Readonly<Record<(typeof COLUMNS)[number], string | undefined>>;

export interface CsvOptions {
  /** What parts the cents: a comma where the portal reads amounts the Dutch and Belgian way. */
  readonly decimal: ',' | '.';
}

/** A dossier for a portal: UTF-8 with its mark, semicolons, CR LF (RFC 4180). */
export function portalCsv(document: DossierDocument, options: CsvOptions = { decimal: ',' }): string {
  const rows = document.claims.map((claim) => rowOf(document, claim, options));
  const lines = rows.map((row) => COLUMNS.map((column) => row[column] ?? ''));
  return csvText([COLUMNS, ...lines]);
}

/** Cells as the portals of agencies read them. */
export const csvText = (lines: readonly (readonly string[])[]): string => csvFile(lines.map((line) => line.map(cell)));

function rowOf(document: DossierDocument, claim: ClaimBlock, { decimal }: CsvOptions): Row {
  const { debtor, legalBasis, costs } = document;
  const amount = (text: string): string => text.replace('.', decimal);
  const sent = document.reminders.filter(({ invoices }) => invoices.includes(claim.invoice)).sort((a, b) => (a.sentOn < b.sentOn ? -1 : 1));
  const letter = sent.findLast(({ type }) => type === 'FOURTEEN_DAY_LETTER' || type === 'BE_FIRST_REMINDER');
  return {
    caseRef: document.caseId,
    debtorRef: debtor.debtorNumber,
    segment: document.segment,
    name: debtor.name,
    registryNo: debtor.registry?.id,
    vatNo: debtor.vatId,
    street: debtor.address?.street,
    houseNo: debtor.address?.houseNumber,
    suffix: debtor.address?.suffix,
    postcode: debtor.address?.postcode,
    city: debtor.address?.city,
    country: debtor.country,
    email: debtor.email,
    phone: debtor.phone,
    invoiceNo: claim.invoice,
    invoiceDate: claim.invoiceDate,
    dueDate: claim.dueDate,
    currency: claim.currency,
    originalAmount: amount(claim.original),
    openAmount: amount(claim.open),
    description: claim.description,
    lastReminderDate: sent.at(-1)?.sentOn,
    costLetterDate: letter?.sentOn ?? costs.letterDate,
    disputed: claim.disputed ? 'yes' : 'no',
    contractDate: legalBasis.contractDate,
    language: document.language,
  };
}
