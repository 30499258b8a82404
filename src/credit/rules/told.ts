import type { PlainDate } from '../../kernel/plain-date.js';
import type { Recipients } from './credit-settings.js';
import type { SetLimitKind } from './limit-request.js';
import type { EffectiveLimit } from './limits.js';

/** What is told of credit over HTTP and in the console: amounts as decimals, instants as ISO text. */

/** The limits of a debtor, and the one that counts today. Amounts are decimals of the administration's currency. */
export interface LimitsView {
  readonly debtorId: string;
  readonly currency: string;
  readonly effective: { readonly amount: string | null; readonly source: string; readonly expired: boolean };
  /** The package's, or what was set in its place. */
  readonly creditLimit: string | null;
  readonly limits: readonly {
    readonly kind: SetLimitKind;
    readonly amount: string;
    readonly from: PlainDate | null;
    readonly until: PlainDate | null;
    readonly insuredOnly: boolean;
  }[];
  readonly group: {
    readonly id: string;
    readonly name: string;
    readonly amount: string | null;
    readonly usedByOthers: string | null;
    readonly members: readonly string[];
  } | null;
}

/** How a debtor stands with his credit; amounts as decimals of the currency. */
export interface Standing {
  readonly debtorId: string;
  readonly number: string | null;
  readonly name: string;
  readonly currency: string;
  readonly limit: string | null;
  readonly source: EffectiveLimit['source'];
  readonly expired: boolean;
  readonly until: PlainDate | null;
  readonly exposure: string;
  readonly utilisation: number | null;
  readonly headroom: string | null;
}

/** Something that happened about a debtor's credit, as the dossier has it. */
export interface CreditHappened {
  readonly at: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A look at a customer as people see it. Amounts in euro. */
export interface CheckView {
  readonly debtorId: string;
  readonly debtor: string;
  readonly checkedOn: PlainDate;
  readonly outcome: string;
  readonly terms: string;
  readonly suggestedLimit: string | null;
  readonly validUntil: PlainDate;
  readonly because: readonly { readonly code: string; readonly nl: string; readonly fr: string; readonly en: string }[];
  readonly lookups: readonly {
    readonly what: string;
    readonly register: string;
    readonly subject: string;
    readonly askedAt: string;
    readonly state: string;
    readonly failure: string | null;
    readonly validUntil: PlainDate | null;
    readonly cost: string;
  }[];
  /** What a person decided last; null: nobody did. */
  readonly decision: {
    readonly terms: string;
    readonly amount: string | null;
    readonly currency: string;
    readonly reason: string;
    readonly by: string;
    readonly at: string;
  } | null;
  /** A person still has to decide, or has to again: something else was found since. */
  readonly awaitsDecision: boolean;
}

/** The settings about credit of an administration. */
export interface SettingsView {
  readonly lookupsPerNight: number;
  /** Euro. */
  readonly monthlyBudget: string;
  readonly recipients: Recipients;
}
