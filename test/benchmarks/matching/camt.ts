import { formatAmount } from '../../../src/kernel/money.js';
import type { GeneratedLine, Payment, Truth } from './payments.js';
import { AS_OF, G_IBAN, OWN_IBAN } from './world.js';

export type TruthByPlace = Map<string, Truth>;

/** Identity of a transaction in the truth: statement, entry, transaction, by position. */
export const placeKey = (statement: number, entry: number, transaction: number): string => `${statement}#${entry}#${transaction}`;

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '');

/**
 * Writes lines as camt.053.001.02 in the manner of a Dutch bank, two statements: the ordinary and the blocked account. Collections of a batch
 * become one entry with details. Fills `truth`.
 */
export function* renderCamt(lines: Iterable<GeneratedLine>, truth: TruthByPlace): Generator<string> {
  const ordinary: GeneratedLine[] = [];
  const blocked: GeneratedLine[] = [];
  for (const line of lines) (line.payment.blocked ? blocked : ordinary).push(line);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>BENCH</MsgId><CreDtTm>${AS_OF}T06:00:00</CreDtTm></GrpHdr>`;
  yield* statement(0, OWN_IBAN, ordinary, truth);
  if (blocked.length > 0) yield* statement(1, G_IBAN, blocked, truth);
  yield '</BkToCstmrStmt></Document>\n';
}

function* statement(index: number, iban: string, lines: readonly GeneratedLine[], truth: TruthByPlace): Generator<string> {
  yield `<Stmt><Id>${iban}.${AS_OF}</Id><CreDtTm>${AS_OF}T06:00:00</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>`;
  for (const [entry, group] of grouped(lines).entries()) {
    group.forEach((line, transaction) => truth.set(placeKey(index, entry, transaction), line.truth));
    yield entryXml(group.map(({ payment }) => payment));
  }
  yield '</Stmt>\n';
}

/** Lines of one batch together, all others alone, in the order of their booking dates. */
function grouped(lines: readonly GeneratedLine[]): GeneratedLine[][] {
  const groups: GeneratedLine[][] = [];
  const batches = new Map<string, GeneratedLine[]>();
  for (const line of lines) {
    const { batch } = line.payment;
    const known = batch === undefined ? undefined : batches.get(batch);
    if (known) known.push(line);
    else {
      const group = [line];
      groups.push(group);
      if (batch !== undefined) batches.set(batch, group);
    }
  }
  const dateOf = (group: readonly GeneratedLine[]): string => group[0]?.payment.date ?? '';
  return groups.sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0));
}

const amountXml = (cents: number): string =>
  `<Amt Ccy="EUR">${formatAmount(Math.abs(cents))}</Amt><CdtDbtInd>${cents < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;

function entryXml(payments: readonly Payment[]): string {
  const [first] = payments as readonly [Payment];
  const total = payments.reduce((sum, { amount }) => sum + amount, 0);
  const [domain, family, subFamily] = first.code;
  return (
    `<Ntry>${amountXml(total)}<Sts>BOOK</Sts><BookgDt><Dt>${first.date}</Dt></BookgDt><ValDt><Dt>${first.date}</Dt></ValDt>` +
    `<BkTxCd><Domn><Cd>${domain}</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${subFamily}</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls>${payments.map(detailsXml).join('')}</NtryDtls></Ntry>\n`
  );
}

function detailsXml(payment: Payment): string {
  const { amount, name, iban, text, reference, endToEndId, mandateId, charges, returnCode } = payment;
  const role = amount < 0 ? 'Cdtr' : 'Dbtr';
  const remittance = [
    ...text.map((line) => `<Ustrd>${escape(line)}</Ustrd>`),
    ...(reference === undefined
      ? []
      : [`<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${escape(reference)}</Ref></CdtrRefInf></Strd>`]),
  ];
  return (
    `<TxDtls><Refs><EndToEndId>${escape(endToEndId ?? 'NOTPROVIDED')}</EndToEndId>${mandateId === undefined ? '' : `<MndtId>${escape(mandateId)}</MndtId>`}</Refs>` +
    `<AmtDtls><TxAmt><Amt Ccy="EUR">${formatAmount(Math.abs(amount))}</Amt></TxAmt></AmtDtls>` +
    (charges === undefined ? '' : `<Chrgs><Amt Ccy="EUR">${formatAmount(charges)}</Amt><CdtDbtInd>DBIT</CdtDbtInd></Chrgs>`) +
    `<RltdPties><${role}><Nm>${escape(name)}</Nm></${role}>${iban === null ? '' : `<${role}Acct><Id><IBAN>${iban}</IBAN></Id></${role}Acct>`}</RltdPties>` +
    (remittance.length === 0 ? '' : `<RmtInf>${remittance.join('')}</RmtInf>`) +
    (returnCode === undefined ? '' : `<RtrInf><Rsn><Cd>${returnCode}</Cd></Rsn></RtrInf>`) +
    `</TxDtls>`
  );
}
