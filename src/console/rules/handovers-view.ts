import { ANSWERABLE } from '../../handover/rules/callback/tasks.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Badge, Tone } from './badge.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

/** A case as the API gives it. */
export interface CaseFacts {
  readonly id: string;
  readonly debtor: string;
  readonly agency: { readonly name: string };
  readonly agencyReference: string | null;
  readonly state: string;
  readonly closeCode: string | null;
  readonly version: number;
  readonly currency: string;
  readonly principal: string;
  readonly open: string;
  readonly received: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly handedOverOn: PlainDate;
  readonly tasks: number;
  readonly awaitsDecision: boolean;
}

export interface CaseDetailFacts extends CaseFacts {
  readonly endedOn: PlainDate | null;
  readonly items: readonly {
    readonly number: string;
    readonly principal: string;
    readonly open: string;
    readonly releasedOn: PlainDate | null;
  }[];
  readonly openTasks: readonly { readonly id: string; readonly kind: string; readonly text: string; readonly dueOn: PlainDate | null }[];
  readonly deliveries: readonly {
    readonly type: string;
    readonly state: string;
    readonly createdAt: string;
    readonly because: string | null;
  }[];
  readonly events: readonly { readonly type: string; readonly occurredAt: string; readonly outcome: string }[];
}

export interface CaseShown {
  readonly id: string;
  readonly debtor: string;
  readonly agency: string;
  readonly reference: string;
  readonly state: Badge;
  readonly on: string;
  readonly principal: string;
  readonly received: string;
  readonly open: string;
  readonly version: string;
  readonly tasks: Badge | null;
}

const ENDED: readonly string[] = ['CLOSED', 'REJECTED', 'WITHDRAWN'];
const ASKING: readonly string[] = ['APPROVED', 'INFO_REQUIRED', 'LEGAL_ADVICE', 'DISPUTED'];
const toneOf = (state: string): Tone =>
  state === 'REJECTED' ? 'bad' : ENDED.includes(state) ? 'quiet' : ASKING.includes(state) ? 'attention' : 'good';

export function showCase(each: CaseFacts, { handovers, none }: Texts, format: Format): CaseShown {
  const amount = (text: string): string => format.amount(text, each.currency);
  const waiting = each.tasks + (each.awaitsDecision ? 1 : 0);
  return {
    id: each.id,
    debtor: each.debtor,
    agency: each.agency.name,
    reference: each.agencyReference ?? none,
    state: { tone: toneOf(each.state), words: wordFor(handovers.stateWord, each.state) },
    on: format.day(each.handedOverOn),
    principal: amount(each.principal),
    received: amount(each.received),
    open: amount(each.open),
    version: String(each.version),
    tasks: waiting === 0 ? null : { tone: 'attention', words: format.counted(waiting, handovers.waiting) },
  };
}

interface Happened {
  readonly at: string;
  readonly when: string;
  readonly what: string;
  readonly detail: string | null;
  readonly state: Badge | null;
}

const DELIVERY_TONES: Readonly<Record<string, Tone>> = { done: 'good', failed: 'bad', uncertain: 'bad' };

/** A case with everything that happened with it, the newest first. */
export function showCaseDetail(each: CaseDetailFacts, texts: Texts, format: Format) {
  const { handovers } = texts;
  const amount = (text: string): string => format.amount(text, each.currency);
  const timeline: Happened[] = [
    ...each.deliveries.map(({ type, state, createdAt, because }) => ({
      at: createdAt,
      what: fill(handovers.weTold, { what: wordFor(handovers.eventWord, type.replace('collection.case.', '')) }),
      detail: because,
      state: { tone: DELIVERY_TONES[state] ?? 'attention', words: wordFor(handovers.deliveryWord, state) } as Badge,
    })),
    ...each.events.map(({ type, occurredAt, outcome }) => ({
      at: occurredAt,
      what: fill(handovers.theyTold, { what: wordFor(handovers.eventWord, type.replace('agency.case.', '')) }),
      detail: null,
      state: outcome === 'unmapped' ? ({ tone: 'attention', words: handovers.unmapped } as Badge) : null,
    })),
    // Last, so that it stands below what followed in the same moment.
    {
      at: each.approvedAt,
      what: fill(handovers.approvedBy, { by: each.approvedBy, amount: amount(each.principal) }),
      detail: null,
      state: null,
    },
  ]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .map((happened) => ({ ...happened, when: format.moment(happened.at) }));
  return {
    ...showCase(each, texts, format),
    running: !ENDED.includes(each.state),
    awaitsDecision: each.awaitsDecision,
    ended: each.closeCode,
    items: each.items.map((item) => ({
      number: item.number,
      principal: amount(item.principal),
      open: amount(item.open),
      released: item.releasedOn === null ? null : fill(handovers.backSince, { day: format.day(item.releasedOn) }),
    })),
    work: each.openTasks.map((task) => ({
      id: task.id,
      text: task.text,
      due: task.dueOn === null ? null : format.day(task.dueOn),
      answerable: ANSWERABLE.includes(task.kind),
      approvable: task.kind === 'approve-legal',
    })),
    timeline,
  };
}

/** How a handover stands, for whoever is to say yes. */
export interface PreviewFacts {
  readonly result: 'READY' | 'READY_WITH_WARNINGS' | 'BLOCKED';
  readonly reasons: readonly { readonly severity: 'blocks' | 'warns'; readonly text: string }[];
  readonly debtor: { readonly id: string; readonly name: string };
  readonly principal: string;
  readonly currency: string;
  readonly invoices: readonly { readonly number: string; readonly open: string; readonly disputed: string }[];
  readonly agency: { readonly id: string } | null;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly dropped: readonly string[];
  readonly because: string | null;
  readonly dossier: {
    readonly totals: { readonly principal: string; readonly interest: string; readonly costs: string; readonly claim: string };
    readonly reminders: readonly unknown[];
    readonly attachments: readonly { readonly fileName: string }[];
  } | null;
}

const RESULT_TONES = { READY: 'good', READY_WITH_WARNINGS: 'attention', BLOCKED: 'bad' } as const;

export function showPreview(preview: PreviewFacts, { handovers }: Texts, format: Format) {
  const amount = (text: string): string => format.amount(text, preview.currency);
  const { dossier } = preview;
  return {
    result: { tone: RESULT_TONES[preview.result], words: handovers.resultWord[preview.result] } as Badge,
    blocked: preview.result === 'BLOCKED',
    debtor: preview.debtor.name,
    evidencePath: `/debtors/${encodeURIComponent(preview.debtor.id)}/documents`,
    blocks: preview.reasons.filter(({ severity }) => severity === 'blocks').map(({ text }) => text),
    warns: preview.reasons.filter(({ severity }) => severity === 'warns').map(({ text }) => text),
    principal: preview.principal,
    shown: amount(preview.principal),
    invoices: preview.invoices.map(({ number, open, disputed }) => ({ number, open: amount(open), disputed: amount(disputed) })),
    agencies: preview.agencies.map(({ id, name }) => ({ id, name, chosen: id === preview.agency?.id })),
    dropped: preview.dropped,
    because: preview.because,
    claim: dossier && [
      { what: handovers.principal, amount: amount(dossier.totals.principal) },
      { what: handovers.interest, amount: amount(dossier.totals.interest) },
      { what: handovers.costs, amount: amount(dossier.totals.costs) },
      { what: handovers.claim, amount: amount(dossier.totals.claim) },
    ],
    files: dossier ? dossier.attachments.map(({ fileName }) => fileName) : [],
  };
}
