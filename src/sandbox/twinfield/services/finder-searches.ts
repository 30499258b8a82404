import type { OfficeBooks } from '../books.js';
import { statusOf } from '../matching.js';
import { type TwinfieldUser, officesOf } from '../organisation.js';
import { amountText, compactTime } from '../rules/format.js';

export type Options = ReadonlyMap<string, string>;
export type FinderError =
  'InvalidFinderType' | 'OptionNotAllowed' | 'OptionMandatory' | 'ParameterOutOfRange' | 'NoAccessToOffice' | 'InvalidDateTimeOptionValue';

interface Found {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Searched {
  readonly user: TwinfieldUser;
  readonly office: OfficeBooks | null;
  readonly options: Options;
}

interface Search {
  readonly options: readonly string[];
  readonly needsOffice: boolean;
  readonly search: (searched: Searched) => Found | FinderError;
}

const CODE_NAME = ['Code', 'Naam'] as const;

/** Kinds of master data, by the finder's type. */
export const SEARCHES: Readonly<Record<string, Search>> = {
  DIM: { options: ['dimtype', 'office', 'modifiedsince'], needsOffice: true, search: dimensions },
  OFF: { options: ['includeid'], needsOffice: false, search: offices },
  USR: { options: ['office'], needsOffice: false, search: users },
  TRS: { options: ['office', 'hidden', 'category'], needsOffice: true, search: daybooks },
  IVT: { options: ['office', 'dim1', 'dim2', 'dim3', 'value', 'openvalue'], needsOffice: true, search: unpaidInvoices },
  CDA: { options: ['office'], needsOffice: true, search: actionCodes },
  RMD: { options: ['office'], needsOffice: true, search: () => ({ columns: CODE_NAME, rows: [['STD', 'Standaard herinneringen']] }) },
};

function dimensions({ office, options }: Searched): Found | FinderError {
  const since = options.get('modifiedsince');
  if (since !== undefined && !/^\d{14}$/.test(since)) return 'InvalidDateTimeOptionValue';
  if (!options.has('dimtype')) return 'OptionMandatory';
  const all = options.get('dimtype') === 'DEB' ? [...(office?.customers.values() ?? [])] : [];
  const rows = all.filter(({ modifiedAt }) => since === undefined || compactTime(modifiedAt) >= since);
  return { columns: CODE_NAME, rows: rows.map(({ code, name }) => [code, name]) };
}

/** The GUID of an office is to be had here only. */
function offices({ user, options }: Searched): Found {
  const withId = options.get('includeid') === '1';
  const rows = officesOf(user).map(({ code, id, profile }) => [code, profile.name, ...(withId ? [id] : [])]);
  return { columns: withId ? [...CODE_NAME, 'Id'] : CODE_NAME, rows };
}

function users({ user }: Searched): Found {
  return { columns: CODE_NAME, rows: [...user.organisation.users.values()].map(({ code, name }) => [code, name]) };
}

function daybooks({ office, options }: Searched): Found {
  const category = options.get('category');
  const all = [...(office?.daybooks.values() ?? [])];
  const rows = all.filter((each) => category === undefined || each.category === category);
  return { columns: CODE_NAME, rows: rows.map(({ code, name }) => [code, name]) };
}

function unpaidInvoices({ office, options }: Searched): Found {
  const customer = options.get('dim2');
  const lines = [...(office?.receivables() ?? [])].filter(
    (line) =>
      statusOf(line) !== 'matched' && line.transaction.code === office?.salesDaybook && (customer === undefined || line.dim2 === customer),
  );
  const rows = lines.map((line) => [
    line.transaction.invoiceNumber,
    amountText(Math.abs(line.open), line.transaction.currency),
    line.dim2 ?? '',
    office?.customers.get(line.dim2 ?? '')?.name ?? '',
    line.open < 0 ? 'C' : 'D',
  ]);
  return { columns: ['Factuurnummer', 'Bedrag', 'Debiteur', 'Naam', 'D/C'], rows };
}

function actionCodes({ office }: Searched): Found {
  const codes = new Map(
    [...(office?.receivables() ?? [])].flatMap(({ actions }) => actions.map(({ code, name }) => [code, name] as const)),
  );
  return { columns: CODE_NAME, rows: [...codes].map(([code, name]) => [code, name]) };
}
