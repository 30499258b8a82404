import type { PlainDate } from '../../../kernel/plain-date.js';
import type { LogEntry, LogHead } from '../log/hash-chain.js';
import type { ALLOCATION_MODES, ATTACHMENT_KINDS, RequestedService } from './case-file.js';
import type { CostScheme } from './claim-costs.js';

/**
 * The dossier as it travels: `collection-dossier/1`, published as config/schemas/collection-dossier-1.schema.json. Amounts are decimal
 * text with two digits, dates `YYYY-MM-DD`, timestamps UTC; what is not known is absent, never null and never empty text.
 */
export const DOSSIER_SCHEMA = 'collection-dossier/1';

/** Decimal text of the currency, such as `1210.00`. */
export type Amount = string;

export interface DossierDocument {
  readonly schema: typeof DOSSIER_SCHEMA;
  readonly caseId: string;
  readonly version: number;
  readonly jurisdiction: string;
  readonly segment: 'B2B' | 'B2C';
  readonly currency: string;
  readonly service: RequestedService;
  readonly language: string;
  readonly submittedAt: string;
  readonly approval: { readonly by: string; readonly at: string; readonly principal: Amount };
  readonly creditor: Party & { readonly address?: readonly string[]; readonly vatDeductible: boolean; readonly settlementIban: string };
  readonly debtor: Party & {
    readonly type: 'BUSINESS' | 'SOLE_TRADER' | 'CONSUMER' | 'PUBLIC_BODY';
    readonly segmentBasis: string;
    readonly debtorNumber?: string;
    readonly address?: {
      readonly street: string;
      readonly houseNumber?: string;
      readonly suffix?: string;
      readonly postcode?: string;
      readonly city: string;
    };
    readonly country: string;
    readonly language?: string;
  };
  readonly legalBasis: {
    readonly contractDate?: PlainDate;
    readonly orderReference?: string;
    readonly generalTerms?: string;
    readonly costClauseAgreed: boolean;
    readonly paymentTermAgreed: boolean;
  };
  readonly claims: readonly ClaimBlock[];
  readonly payments: readonly PaymentBlock[];
  readonly interest: {
    readonly regime: 'NL_6_119a' | 'NL_6_119' | 'BE_2002' | 'BE_XIX' | 'EU';
    readonly dayCount: 'ACT_365F' | 'ACT_ACT';
    readonly allocation: (typeof ALLOCATION_MODES)[number];
    /** Last day in the amount. */
    readonly calculatedTo: PlainDate;
    /** The day after: the agency's interest begins here, so that none runs twice. */
    readonly continuesFrom: PlainDate;
    readonly amount: Amount;
    /** Of `continuesFrom`, four decimals. */
    readonly perDay: string;
    /** True when a rate is not published yet or leans on an assumption. */
    readonly provisional: boolean;
  };
  readonly costs: {
    readonly scheme: CostScheme;
    readonly base: Amount;
    readonly fee: Amount;
    readonly vatUplift: Amount;
    /** The creditor asked for them already: they are in this claim, and nobody asks for them on top. */
    readonly alreadyClaimed: boolean;
    /** The letter in which they were asked first. */
    readonly letterDate?: PlainDate;
  };
  readonly totals: { readonly principal: Amount; readonly interest: Amount; readonly costs: Amount; readonly claim: Amount };
  readonly reminders: readonly ReminderBlock[];
  readonly contacts: readonly { readonly on: PlainDate; readonly channel: string; readonly kind: string; readonly outcome?: string }[];
  readonly disputes: readonly {
    readonly invoice: string;
    readonly code: string;
    readonly amount?: Amount;
    readonly openedOn: PlainDate;
    readonly outcome?: string;
    readonly resolvedOn?: PlainDate;
  }[];
  readonly promises: readonly {
    readonly madeOn: PlainDate;
    readonly dueDate: PlainDate;
    readonly amount: Amount;
    readonly state: string;
  }[];
  readonly arrangements: readonly {
    readonly madeOn?: PlainDate;
    readonly state: string;
    readonly instalments: readonly { readonly dueDate: PlainDate; readonly amount: Amount }[];
  }[];
  readonly attachments: readonly {
    readonly id: string;
    readonly kind: (typeof ATTACHMENT_KINDS)[number];
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly instructions: {
    readonly minimumInstalment?: Amount;
    readonly planMonthsMax?: number;
    readonly discountPercentMax?: number;
    readonly legalActionOnlyAfterApproval: boolean;
    readonly questionsTo: string;
  };
  readonly privacy: {
    readonly legalBasis: 'CONTRACT';
    /** What is left out of every dossier (agency-handover.md §12). */
    readonly excluded: readonly string[];
  };
  readonly log: {
    readonly form: string;
    readonly administration: string;
    readonly debtor: string;
    readonly head: LogHead;
    /** Entries without a body are not for others; the chain closes over their hashes. */
    readonly entries: readonly (Omit<LogEntry, 'body'> & { readonly body?: LogEntry['body'] })[];
  };
  readonly seal: { readonly form: string; readonly sha256: string };
}

interface Party {
  readonly name: string;
  readonly registry?: { readonly scheme: string; readonly id: string };
  readonly vatId?: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface ClaimBlock {
  readonly invoice: string;
  readonly invoiceDate: PlainDate;
  readonly dueDate: PlainDate;
  readonly currency: string;
  readonly description?: string;
  readonly original: Amount;
  readonly paid: Amount;
  /** The part of `paid` that went to interest. */
  readonly paidToInterest: Amount;
  readonly credited: Amount;
  readonly disputed: boolean;
  /** Stays with the creditor; not in `open`. */
  readonly disputedPart: Amount;
  readonly open: Amount;
  readonly interest: Amount;
  readonly interestSegments: readonly {
    readonly from: PlainDate;
    readonly to: PlainDate;
    readonly days: number;
    readonly base: Amount;
    readonly percent: string;
    readonly amount: string;
  }[];
  readonly lastInterruption?: PlainDate;
  /** Last day before the claim lapses; absent where the tables do not say. */
  readonly limitationDate?: PlainDate;
}

export interface PaymentBlock {
  readonly invoice: string;
  readonly kind: 'PAYMENT' | 'CREDIT_NOTE';
  readonly creditedOn: PlainDate;
  readonly amount: Amount;
  readonly bankReference?: string;
  readonly reversedOn?: PlainDate;
}

export interface ReminderBlock {
  readonly type: 'FRIENDLY' | 'DEMAND' | 'FOURTEEN_DAY_LETTER' | 'BE_FIRST_REMINDER' | 'NOTICE_OF_DEFAULT' | 'STATEMENT';
  readonly step: string;
  readonly sentOn: PlainDate;
  readonly sentAt?: string;
  readonly receivedOn?: PlainDate;
  readonly channel: 'EMAIL' | 'POST';
  readonly addressUsed?: string;
  readonly invoices: readonly string[];
  readonly amountAsked?: Amount;
  readonly costsAsked: Amount;
  readonly payBy?: PlainDate;
  readonly documentSha256?: string;
}
