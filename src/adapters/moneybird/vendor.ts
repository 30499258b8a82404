/**
 * What Moneybird is like: figures and names, no behaviour. Source: the fact sheet reference/moneybird.md (§ in each comment), spec of
 * 21 August 2026. What we do about them is in the code beside.
 */
export const MONEYBIRD = {
  /** The default of the setting; the API lies under {@link apiPath} (§2.1). */
  baseUrl: 'https://moneybird.com',
  apiPath: '/api/v2',

  /** Per outgoing address, all customers together (§0.1, §2.5). Not raised on request. */
  quotas: {
    general: { name: 'moneybird', requests: 150, windowSeconds: 300, spare: 5 },
    reports: { name: 'moneybird-reports', requests: 50, windowSeconds: 300, spare: 2 },
  },
  /** Delays told are held against these: some versions tell an epoch, some a delay, and a misreading must not sleep for decades (§2.5). */
  retryAfterCeilingSeconds: 600,
  /** The page a proxy answers instead of the API says nothing at all (§2.4, 429). */
  retryAfterUnsaidSeconds: 300,

  /** Records per synchronization call; the rest is dropped without a word (§3.1). */
  idsPerCall: 100,
  /** A version is the second of the last change: later changes in the same second do not show (§3.1). Includes clocks apart by so much. */
  sameSecondMarginSeconds: 2,
  /** External sales invoices list the current year unless a period is given (§2.3). That it takes one so wide is unsure. */
  widestPeriod: '20000101..20991231',

  /** A new token may be refused for about two seconds (§1.1). */
  freshTokenDelayMs: 3_000,
  /** Notes: the real limit is not published (§4.1). */
  noteMaxLength: 1_000,
  /** Contacts have no credit limit; users make a custom field for it, which the API cannot do (§3.5, §4.7). Lower case. */
  creditLimitFields: ['kredietlimiet', 'credit limit', 'limite de crédit', 'plafond de crédit'],
  /**
   * External invoices may have no due date (§3.4). Thirty days is what the law gives a debtor with whom nothing was agreed
   * (art. 6:119a(2) BW, directive 2011/7/EU art. 3(3)(b)), so nobody is reminded too early.
   */
  dueDaysWhenUnsaid: 30,
} as const;
