/**
 * What Twinfield is like: figures and names, no behaviour. Source: the fact sheet reference/twinfield.md (§ in each comment).
 * What we do about them is in the code beside.
 */
export const TWINFIELD = {
  name: 'twinfield',
  loginOrigin: 'https://login.twinfield.com',
  /** Under the origin people log in at (§1.1). */
  connectPath: '/auth/authentication/connect',
  /** The cluster comes from the vendor, and the token goes there: nowhere but below this (§1.1). */
  clusterDomain: '.twinfield.com',
  namespace: 'http://www.twinfield.com/',
  sharedNamespace: 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared',
  deletedNamespace: 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.DeletedTransactionsService',
  statementsNamespace: 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.BankStatementService',
  paths: {
    statements: '/webservices/BankStatementService.svc',
    processXml: '/webservices/processxml.asmx',
    finder: '/webservices/finder.asmx',
    matching: '/webservices/matching.asmx',
    deleted: '/webservices/DeletedTransactionsService.svc',
  },

  /** Without one of these nothing works: `twf.organisation` brings the cluster, `twf.organisationUser` opens SOAP (§1.1). */
  scopes: ['openid', 'twf.user', 'twf.organisation', 'twf.organisationUser', 'offline_access'],
  /** Opens the audit trail of matches; asked for only when the app is registered for it (§6.6). */
  trailScope: 'readBookkeepingMatches',

  /** An hour; the refresh token lasts 25 years and is bound to one user in one organisation (§1.1). */
  token: { lifetimeSeconds: 3_600, renewBeforeEndSeconds: 600, unusableBeforeEndSeconds: 330, youngestRenewedSeconds: 60, asksPerDay: 100 },

  /**
   * Credits a minute (§4). Per address there are 1000 too, which the client's own bucket never lets us reach. Where a minute begins is not
   * published, so a bucket is filled in quarters of a minute with a fifth of it each: any sixty seconds touch five of them at most.
   */
  credits: {
    certified: { client: 1_000, organisation: 500 },
    uncertified: { client: 50, organisation: 25 },
    partSeconds: 15,
    partsAnyMinuteTouches: 5,
    query: 1,
    action: 3,
  },
  /** Requests at once per client (§4); within an organisation one, as the vendor advises. */
  concurrency: 20,
  /** When a refusal for the frequency does not say how long. */
  retryAfterSeconds: 60,
  /** Objects under one parent element (§4). */
  objectsPerRequest: 25,
  /** The vendor's own sample waits for fifteen minutes; browsing a big office is really slow (§4). */
  readTimeoutMs: 300_000,
  /** More rows than this in one answer: from then on the office is read by book year (§4). */
  rowsPerAnswer: 15_000,
  /** No list tells what an invoice is for (§6.2); its transaction does, for a credit each: so many are read in one pull. */
  descriptionsPerPull: 40,
  /** Customers that are not listed any more and are looked for in one pull, for a credit each; the others in the next. */
  goneCustomersPerPull: 25,
  /** Book years that are read one by one; what is older comes in one answer. */
  yearsApart: 7,

  /** Best first (§6.2). */
  browseCodes: ['130_3', '130_2', '130_1', '100'],
  /** Where the control total comes from: a list of its own beside the others (§6.2). */
  controlCode: '100',
  /** Credit management: the actions people and reminder runs put on invoices (§6.2). */
  creditCode: '164',
  /** Days until it is looked for again where there is none, and where it was refused: somebody may have given the right since. */
  creditLookedForDays: { none: 7, shut: 1 },
  /** The vendor books differences of a match itself, in this daybook (§6.3). */
  differenceDaybook: 'AFLETTEREN',
  customerType: 'DEB',
  /** Customers in `<match>` (§7.1). */
  matchCode: '170',

  /** Our part of the comment; how long all of it may be is not published: what is refused is tried again with this share of it (§8 i). */
  lengths: { commentStart: 250, commentShare: 0.8 },
  /** Before a write of unknown result is read back. */
  settleMs: 3_000,
  /** An overlap of deletions, because their day is all that can be asked for. */
  deletionOverlapDays: 1,
  trailLimit: 200,
} as const;

/** Columns of an open item (§6.2), with the field the adapter calls them by. A definition that lacks an optional one is still good. */
export const COLUMNS = {
  status: 'fin.trs.head.status',
  matchStatus: 'fin.trs.line.matchstatus',
  yearPeriod: 'fin.trs.head.yearperiod',
  customer: 'fin.trs.line.dim2',
  date: 'fin.trs.head.date',
  due: 'fin.trs.line.datedue',
  invoice: 'fin.trs.line.invnumber',
  currency: 'fin.trs.head.curcode',
  value: 'fin.trs.line.valuesigned',
  open: 'fin.trs.line.openvaluesigned',
  baseValue: 'fin.trs.line.basevaluesigned',
  baseOpen: 'fin.trs.line.openbasevaluesigned',
  matchNumber: 'fin.trs.line.matchnumber',
  matchDate: 'fin.trs.line.matchdate',
  payRun: 'fin.trs.line.payrun',
} as const;
export type ColumnName = keyof typeof COLUMNS;

/** Columns of an action on an invoice (§6.2); the Dutch labels call it a dispute. Only its code has to be there. */
export const ACTION_COLUMNS = {
  matchStatus: COLUMNS.matchStatus,
  customer: COLUMNS.customer,
  invoice: COLUMNS.invoice,
  issued: COLUMNS.date,
  due: COLUMNS.due,
  baseOpen: COLUMNS.baseOpen,
  code: 'fin.trs.line.actioncode',
  name: 'fin.trs.line.actionname',
  date: 'fin.trs.line.actiondate',
  value: 'fin.trs.line.actionvalue',
  description: 'fin.trs.line.actiondescription',
  created: 'fin.trs.line.actioncreated',
  user: 'fin.trs.line.actionuser',
} as const;
export type ActionColumn = keyof typeof ACTION_COLUMNS;

/** Without these a definition is of no use. */
export const REQUIRED_COLUMNS: readonly ColumnName[] = ['matchStatus', 'customer', 'due', 'invoice', 'value', 'baseOpen'];

/** Numeric codes of SOAP faults (§3.2); their texts are in the language of the user. */
export const FAULTS = {
  /** A new token may help. */
  token: ['103', '354'],
  /** Only a new consent helps. */
  consent: ['104', '105', '106', '351', '352', '353'],
  right: ['102'],
  /** The cluster has to be asked for again. */
  cluster: ['108'],
  /** Our own mistake, or something the office does not support: the same again is useless. */
  final: ['101', '109', '110', '122', '186', '187', '359', '360', '361', '362', '383', '384'],
} as const;
