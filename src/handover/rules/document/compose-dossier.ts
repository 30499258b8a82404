import { type Minor, formatAmount, sum } from '../../../kernel/money.js';
import { addDays } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import { legalCapacity, regimeOf } from '../../../law/rules/capacity.js';
import type { Law } from '../../../law/rules/law.js';
import { limitation } from '../../../law/rules/limitation.js';
import { percent } from '../../../law/rules/wording.js';
import type { Capacity } from '../../../ledger/rules/book.js';
import type { Digests } from '../digests.js';
import { LOG_FORM, headOf } from '../log/hash-chain.js';
import type { CaseFile } from './case-file.js';
import { type ClaimCosts, costsOfClaims } from './claim-costs.js';
import { type Claim, claimOf, interestPerDay } from './claims.js';
import { correspondence } from './correspondence-blocks.js';
import { type ClaimBlock, DOSSIER_SCHEMA, type DossierDocument, type PaymentBlock } from './dossier.js';
import { type Unsealed, sealOf } from './seal.js';

/** What the law reckons in. */
const CURRENCY = 'EUR';
const money = (amount: Minor): string => formatAmount(amount, CURRENCY);

/**
 * The document of a case. Refuses what cannot be handed over as one provable claim: `other-currency`, `nothing-claimed`,
 * `does-not-add-up` (receipts and the open amount of the books), a rate that is missing (`no-rate`), and values
 * that are no JSON (`not-canonical`).
 */
export function composeDossier(law: Law, file: CaseFile, digests: Digests): Result<DossierDocument> {
  const foreign = file.invoices.find(({ invoice }) => invoice.currency !== CURRENCY);
  if (foreign) {
    const message = `invoice ${foreign.invoice.number} is in ${foreign.invoice.currency}; the law of costs and interest is in ${CURRENCY}`;
    return err({ code: 'other-currency', message });
  }
  const context = { law, debtor: file.debtor.debtor, allocation: file.allocation, calculatedTo: file.calculatedTo };
  const claims: Claim[] = [];
  for (const item of file.invoices) {
    const claim = claimOf(context, item, file.receipts);
    if (!claim.ok) return claim;
    claims.push(claim.value);
  }
  if (!claims.some(({ open }) => open > 0)) return err({ code: 'nothing-claimed', message: 'nothing is open that can be handed over' });
  const perDay = interestPerDay(context, claims);
  if (!perDay.ok) return perDay;
  const costs = costsOfClaims(law, file, claims, file.calculatedTo);

  const stated = present({
    ...head(file),
    ...parties(file),
    claims: claims.map((claim) => claimBlock(law, file, claim)),
    payments: paymentBlocks(file),
    ...amounts(law, file, claims, perDay.value, costs),
    ...correspondence(file, money),
    attachments: file.attachments,
    instructions: { ...file.instructions, minimumInstalment: optional(file.instructions.minimumInstalment) },
    privacy: { legalBasis: 'CONTRACT', excluded: EXCLUDED },
  }) as Omit<Unsealed, 'log'>;
  const unsealed = { ...stated, log: logBlock(file) };
  const seal = sealOf(unsealed, digests);
  return seal.ok ? ok({ ...unsealed, seal: seal.value }) : seal;
}

/** Never part of a dossier (agency-handover.md §12). */
const EXCLUDED = ['NATIONAL_NUMBER', 'ID_COPY', 'BANK_STATEMENT', 'OTHER_CUSTOMERS', 'HEALTH_OR_FAMILY', 'INTERNAL_NOTES', 'DEBTOR_IBAN'];

/** As it was logged, to the byte: the hashes are over what stands there, nulls too. */
function logBlock({ creditor, debtor, log }: CaseFile): DossierDocument['log'] {
  const { number, hash } = headOf(log);
  return {
    form: LOG_FORM,
    administration: creditor.administration.id,
    debtor: debtor.debtor.id,
    head: { number, hash },
    entries: log.map(({ body, ...entry }) => (body === null ? entry : { ...entry, body })),
  };
}

const optional = (amount: Minor | null): string | null => (amount === null ? null : money(amount));

function head(file: CaseFile) {
  const { country, capacity, language } = file.debtor.debtor;
  return {
    schema: DOSSIER_SCHEMA,
    caseId: file.caseId,
    version: file.version,
    jurisdiction: country,
    segment: legalCapacity(capacity) === 'business' ? 'B2B' : 'B2C',
    currency: CURRENCY,
    service: file.service,
    language: language ?? 'nl',
    submittedAt: file.submittedAt,
    approval: { ...file.approval, principal: money(file.approval.principal) },
  };
}

const TYPE_OF: Readonly<Record<Capacity, DossierDocument['debtor']['type']>> = {
  business: 'BUSINESS',
  'sole-trader': 'SOLE_TRADER',
  consumer: 'CONSUMER',
  'public-body': 'PUBLIC_BODY',
  // In doubt a consumer, as everywhere in this house.
  unknown: 'CONSUMER',
};

function parties({ creditor, debtor: { debtor, segmentBasis, address }, legalBasis }: CaseFile) {
  const { administration } = creditor;
  return {
    creditor: {
      name: administration.name,
      registry: administration.registry,
      vatId: creditor.vatId,
      vatDeductible: administration.vatDeductible,
      address: creditor.address.length > 0 ? creditor.address : null,
      email: creditor.email,
      phone: creditor.phone,
      settlementIban: creditor.iban,
    },
    debtor: {
      type: TYPE_OF[debtor.capacity],
      name: debtor.name,
      segmentBasis,
      registry: debtor.registryId === null ? null : { scheme: debtor.country === 'BE' ? 'KBO' : 'KVK', id: debtor.registryId },
      vatId: debtor.vatId,
      address,
      country: debtor.country,
      email: debtor.email,
      phone: debtor.phone,
      debtorNumber: debtor.number,
      language: debtor.language,
    },
    legalBasis: {
      contractDate: legalBasis.contractDate,
      orderReference: legalBasis.orderReference,
      generalTerms: legalBasis.generalTerms,
      costClauseAgreed: legalBasis.clause !== null,
      paymentTermAgreed: legalBasis.termAgreed,
    },
  };
}

function claimBlock(law: Law, { debtor: { debtor }, calculatedTo }: CaseFile, claim: Claim): { [K in keyof ClaimBlock]: unknown } {
  const { invoice, disputedPart, interruptions } = claim.item;
  const { country, capacity } = debtor;
  const limit = limitation(
    law,
    { regime: regimeOf(country), capacity, claim: null, dueDate: invoice.dueDate, interruptions },
    calculatedTo,
  );
  return {
    invoice: invoice.number,
    invoiceDate: invoice.issueDate,
    dueDate: invoice.dueDate,
    currency: invoice.currency,
    description: invoice.description,
    original: money(invoice.amount),
    paid: money(claim.paid),
    paidToInterest: money(claim.paidToInterest),
    credited: money(claim.credited),
    disputed: disputedPart > 0,
    disputedPart: money(disputedPart),
    open: money(claim.open),
    interest: money(claim.interest),
    interestSegments: claim.segments.map(({ from, to, days, base, basisPoints, amountTenThousandths }) => ({
      from,
      to,
      days,
      base: money(base),
      percent: percent(basisPoints),
      amount: fourDecimals(amountTenThousandths),
    })),
    lastInterruption:
      interruptions
        .map(({ on }) => on)
        .sort()
        .at(-1) ?? null,
    limitationDate: limit?.limitationDate ?? null,
  };
}

function paymentBlocks({ receipts, invoices }: CaseFile): { [K in keyof PaymentBlock]: unknown }[] {
  const numberOf = new Map(invoices.map(({ invoice }) => [invoice.id, invoice.number]));
  return receipts
    .filter(({ invoiceId }) => numberOf.has(invoiceId))
    .map(({ invoiceId, kind, on, amount, bankReference, reversedOn }) => ({
      invoice: numberOf.get(invoiceId),
      kind: kind === 'payment' ? 'PAYMENT' : 'CREDIT_NOTE',
      creditedOn: on,
      amount: money(amount),
      bankReference,
      reversedOn,
    }));
}

function amounts(law: Law, file: CaseFile, claims: readonly Claim[], perDay: bigint, { scheme, base, fee, vatUplift }: ClaimCosts) {
  const principal = sum(claims.map(({ open }) => open));
  const interest = sum(claims.map((claim) => claim.interest));
  const costs = fee + vatUplift;
  const asked = file.reminders.filter(({ costsAsked }) => costsAsked > 0).map(({ contact }) => contact.sentOn);
  return {
    interest: {
      regime: interestRegime(file),
      dayCount: law.settings.dayCount === 'act/365' ? 'ACT_365F' : 'ACT_ACT',
      allocation: file.allocation,
      calculatedTo: file.calculatedTo,
      continuesFrom: addDays(file.calculatedTo, 1),
      amount: money(interest),
      perDay: fourDecimals(perDay),
      provisional: claims.some(({ segments }) => segments.some(({ provisional }) => provisional)),
    },
    costs: {
      scheme,
      base: money(base),
      fee: money(fee),
      vatUplift: money(vatUplift),
      alreadyClaimed: asked.length > 0,
      letterDate: asked.sort()[0] ?? null,
    },
    totals: { principal: money(principal), interest: money(interest), costs: money(costs), claim: money(principal + interest + costs) },
  };
}

function interestRegime({ debtor: { debtor } }: CaseFile): DossierDocument['interest']['regime'] {
  const business = legalCapacity(debtor.capacity) === 'business';
  const regime = regimeOf(debtor.country);
  if (regime === 'eu') return 'EU';
  if (regime === 'nl') return business ? 'NL_6_119a' : 'NL_6_119';
  return business ? 'BE_2002' : 'BE_XIX';
}

/** Ten-thousandths of the currency unit as text: 5092n → `0.5092`. */
function fourDecimals(amount: bigint): string {
  const digits = String(amount).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** The same value without what is not known: no nulls and no empty texts. Lists stay, also empty: that is a statement. */
function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null && each !== undefined && each !== '')
      .map(([name, each]) => [name, present(each)]),
  );
}
