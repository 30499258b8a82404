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
  /**
   * What one administration may take of the general limit before it has to leave the rest to the others: a first load of 10,000 invoices is
   * 120 requests, a night of most is five. Past its share it goes on as long as more than `keptForOthers` of the window is left.
   */
  share: { requests: 50, windowSeconds: 300, spare: 0 },
  keptForOthers: 40,
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
  /** Deliveries of webhooks that are older, or of a later moment than this, are no deliveries (§3.8). */
  webhookAgeSeconds: 300,
  /** How many deliveries are looked at, of all administrations together: a busy one tells some hundreds in an hour. */
  webhooksTaken: { points: 600, duration: 60 },
  /** Notes: the real limit is not published (§4.1). */
  noteMaxLength: 1_000,
  /** Contacts have no credit limit; users make a custom field for it, which the API cannot do (§3.5, §4.7). Lower case. */
  creditLimitFields: ['kredietlimiet', 'credit limit', 'limite de crédit', 'plafond de crédit'],
  /** And one for whether there is credit at all, by its name in lower case, with what is written where there is none (§4.8 vi). */
  creditStatusFields: {
    kredietstatus: 'geen krediet',
    'credit status': 'no credit',
    'statut de crédit': 'pas de crédit',
  } as Readonly<Record<string, string>>,
  /**
   * External invoices may have no due date (§3.4). Thirty days is what the law gives a debtor with whom nothing was agreed
   * (art. 6:119a(2) BW, directive 2011/7/EU art. 3(3)(b)), so nobody is reminded too early.
   */
  dueDaysWhenUnsaid: 30,
} as const;

/**
 * What hastens a pull (§3.8, names of the vendor's list); a name stands for every event that begins with it. There is none for bank lines
 * that come in.
 */
export const WEBHOOK_EVENTS: readonly string[] = [
  'sales_invoice_state_changed', 'sales_invoice_updated', 'sales_invoice_destroyed', 'sales_invoice_merged', 'sales_invoice_paused',
  'sales_invoice_unpaused', 'sales_invoice_marked_as', 'sales_invoice_revert', 'sales_invoice_send', 'external_sales_invoice',
  'credit_invoice_created_from_original', 'payment_registered', 'payment_destroyed', 'contact_created', 'contact_changed', 'contact_merged',
  'contact_archived', 'contact_activated', 'contact_destroyed', 'workflow',
]; // prettier-ignore
