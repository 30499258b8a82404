import { debtorAddress } from '../adapters/debtor-address.js';
import { contactsWithAsked } from '../dunning/rules/asked-then.js';
import { trackFor } from '../dunning/rules/decide-debtor.js';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import type { Dossier } from '../dossier/dossier-desk.js';
import type { DisputeCode, DisputeOutcome } from '../dossier/rules/dispute-request.js';
import { plainDateIn } from '../kernel/plain-date.js';
import { type Result, err, ok } from '../kernel/result.js';
import type { Invoice } from '../ledger/rules/book.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { CaseEvidence, type SentMessage } from './case-evidence.js';
import { agreedWith, caseInvoiceOf } from './rules/case/case-invoice.js';
import { receiptsOf } from './rules/case/receipts.js';
import { type HandoverSettings, instructionsOf } from './rules/case/settings.js';
import type {
  Approval,
  CaseAttachment,
  CaseContact,
  CaseDispute,
  CaseFile,
  Creditor,
  RequestedService,
  SentReminder,
} from './rules/document/case-file.js';
import type { LogEntry } from './rules/log/hash-chain.js';
import { forAgency } from './rules/log/shared.js';

/** What a version of a case is made of beside the books. */
export interface CaseHead {
  readonly caseId: string;
  readonly version: number;
  readonly approval: Approval;
  readonly service: RequestedService;
  readonly settings: HandoverSettings;
  readonly items: readonly Invoice[];
  readonly attachments: readonly CaseAttachment[];
  /** SHA-256 of each letter as it is kept, by its act. */
  readonly letters: ReadonlyMap<string, string>;
  /** The debtor's chain, whole. */
  readonly log: readonly LogEntry[];
}

const ZONE = 'Europe/Amsterdam';

/**
 * Everything the dossier of a case is made of, from the ledger as it is now; inside a unit of work. Refuses `does-not-add-up` when the books
 * cannot be told as receipts.
 */
export async function buildCaseFile(dossier: Dossier, facts: DebtorFacts, head: CaseHead): Promise<Result<CaseFile>> {
  const { manager, administration, now } = dossier;
  const { debtor } = facts;
  const ids = head.items.map(({ id }) => id);
  const isAbout = ({ invoiceIds }: { readonly invoiceIds: readonly string[] }): boolean => invoiceIds.some((id) => ids.includes(id));
  const evidence = new CaseEvidence(manager, administration.id);
  const { live, returned } = await evidence.movements(facts.payments, ids);
  const receipts = receiptsOf(live);
  if (!receipts.ok) return err(receipts.error);
  const messages = await evidence.messages(contactsWithAsked(facts).filter(isAbout));
  const { promises, arrangements } = await evidence.agreements(debtor.id, ids);
  const stored = await manager.findOneByOrFail(DebtorEntity, { administrationId: administration.id, id: debtor.id });
  const track = trackFor(facts, dossier.policy, dossier.on);
  const { caseId, version, approval, service, settings } = head;
  return ok({
    ...{ caseId, version, approval, service },
    submittedAt: now.toISOString(),
    calculatedTo: plainDateIn(now, ZONE),
    creditor: creditorOf(administration, facts),
    debtor: {
      debtor,
      segmentBasis: segmentBasis(stored),
      address: addressOf(stored, administration.package),
    },
    legalBasis: {
      contractDate: settings.contractDate,
      orderReference: null,
      generalTerms: settings.generalTerms,
      ...agreedWith(facts, track),
    },
    allocation: settings.allocation,
    invoices: head.items.map((invoice) => caseInvoiceOf(invoice, facts, track, dossier.context.law, dossier.on)),
    receipts: [...receipts.value, ...returned].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    reminders: messages.map((message) => reminderOf(message, head.letters)),
    contacts: (await evidence.calls(debtor.id)).map(({ on, outcome }): CaseContact => ({ on, channel: 'phone', kind: 'call', outcome })),
    disputes: await disputesOf(evidence, head.items),
    promises: promises.map(({ madeOn, dueDate, amount, state, withdrawnOn }) => ({
      ...{ madeOn, dueDate, amount },
      state: withdrawnOn === null ? state : 'withdrawn',
    })),
    arrangements: arrangements.map(({ madeOn, state, instalments, withdrawnOn }) => ({
      ...{ madeOn, instalments },
      state: withdrawnOn === null ? state : 'withdrawn',
    })),
    attachments: head.attachments,
    instructions: instructionsOf(settings, administration.sender),
    log: forAgency(head.log),
  });
}

/** Where a debtor is to be found: what a person set goes before what the package says. */
export const addressOf = ({ overrides, raw }: DebtorEntity, packageName: string) => overrides.address ?? debtorAddress(raw, packageName);

const SCHEMES: Readonly<Record<string, string>> = { 'nl-kvk': 'KVK', 'be-kbo': 'KBO' };

function creditorOf({ sender, name }: AdministrationEntity, { administration }: DebtorFacts): Creditor {
  const { registry } = administration;
  return {
    // The name the debtor knows: that of the letters.
    administration: {
      ...administration,
      name: sender.name || name,
      registry: registry && { ...registry, scheme: SCHEMES[registry.scheme] ?? registry.scheme },
    },
    address: sender.address,
    email: sender.replyTo ?? sender.email,
    phone: sender.phone,
    vatId: sender.vatId,
    iban: sender.iban,
  };
}

/** How it is known in which role the debtor bought: as a person said, by his registration, by the package, or not at all. */
function segmentBasis({ overrides, registryId, capacity }: DebtorEntity): CaseFile['debtor']['segmentBasis'] {
  if (overrides.capacity !== undefined) return 'DECLARATION';
  if (capacity === 'unknown') return 'ASSUMED';
  return registryId === null ? 'ORDER_DATA' : 'REGISTRY';
}

function reminderOf({ contact, act, mail }: SentMessage, letters: ReadonlyMap<string, string>): SentReminder {
  return {
    contact,
    sentAt: mail?.sentAt.toISOString() ?? null,
    addressUsed: mail?.to ?? null,
    asked: act?.total ?? null,
    costsAsked: act?.costs ?? 0,
    payBy: act?.payBy ?? null,
    documentSha256: letters.get(contact.id) ?? null,
  };
}

/** What was noted here about the invoices, and what only the package says. */
async function disputesOf(evidence: CaseEvidence, items: readonly Invoice[]): Promise<CaseDispute[]> {
  const noted = await evidence.disputes(items.map(({ id }) => id));
  const known = new Set(noted.map(({ invoiceId }) => invoiceId));
  return [
    ...noted.map(({ invoiceId, code, amount, openedOn, outcome, resolvedOn }) => ({
      ...{ invoiceId, amount, openedOn, resolvedOn },
      code: code as DisputeCode,
      outcome: outcome as DisputeOutcome | null,
    })),
    ...items.flatMap(({ id, dispute }): CaseDispute[] =>
      dispute === null || known.has(id)
        ? []
        : [
            {
              ...{ invoiceId: id, amount: dispute.amount, openedOn: dispute.since, outcome: null, resolvedOn: dispute.resolved },
              code: dispute.code as DisputeCode,
            },
          ],
    ),
  ];
}
