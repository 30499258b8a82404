/** Browse codes the simulator has definitions of (fact sheet §6.2, §10.7). */
export const BROWSE_CODES = ['100', '130_1', '130_3', '164'] as const;
export type BrowseCode = (typeof BROWSE_CODES)[number];

export type FieldType = 'String' | 'Number' | 'Decimal' | 'Value' | 'Date' | 'Datetime';
export type Operator = 'none' | 'equal' | 'between' | 'like';

/** A column as the office's definition has it. Only one with an operator can be filtered on. */
export interface ColumnDefinition {
  readonly field: string;
  readonly label: string;
  readonly type: FieldType;
  /** Shown unless asked otherwise. */
  readonly visible: boolean;
  readonly operator: Operator;
  readonly from: string;
  readonly finderparam: string;
}

export interface BrowseDefinition {
  readonly code: BrowseCode;
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
}

interface Extra {
  readonly operator?: Operator;
  readonly from?: string;
  readonly hidden?: boolean;
  readonly finderparam?: string;
}

const column = (field: string, label: string, type: FieldType = 'String', extra: Extra = {}): ColumnDefinition => ({
  field: `fin.trs.${field}`,
  label,
  type,
  visible: !extra.hidden,
  operator: extra.operator ?? 'none',
  from: extra.from ?? '',
  finderparam: extra.finderparam ?? '',
});

const STATUS = column('head.status', 'Status', 'String', { operator: 'equal', from: 'normal' });
const HIDDEN: Extra = { hidden: true };

const CUSTOMER_COLUMNS: readonly ColumnDefinition[] = [
  column('head.office', 'Administratie'),
  column('head.officename', 'Naam administratie'),
  column('head.year', 'Jaar', 'Number'),
  column('head.period', 'Periode', 'Number'),
  column('head.yearperiod', 'Jaar/periode', 'String', { operator: 'between', from: '$DEFAULT$' }),
  column('head.code', 'Dagboek', 'String', { operator: 'like' }),
  column('head.shortname', 'Naam dagboek'),
  column('head.number', 'Boekingsnummer', 'Decimal'),
  STATUS,
  column('head.date', 'Datum', 'Date'),
  column('line.datedue', 'Vervaldatum', 'Date'),
  column('line.invnumber', 'Factuurnummer'),
  column('head.curcode', 'Valuta'),
  column('head.customer.respuser', 'Verantwoordelijke'),
  column('head.customer.respusername', 'Naam verantwoordelijke'),
  column('head.customer.creditlimit', 'Kredietlimiet', 'Value'),
  column('head.modified', 'Boeking gewijzigd', 'Datetime'),
  column('line.dim1', 'Grootboekrekening', 'String', { operator: 'between' }),
  column('line.dim1name', 'Naam grootboekrekening'),
  column('line.dim2', 'Debiteur', 'String', { operator: 'between', finderparam: 'dimtype=DEB' }),
  column('line.dim2name', 'Naam debiteur'),
  column('line.valuesigned', 'Bedrag', 'Value'),
  column('line.basevaluesigned', 'Bedrag in basisvaluta', 'Value'),
  column('line.repvaluesigned', 'Bedrag in rapportagevaluta', 'Value'),
  column('line.openbasevaluesigned', 'Openstaand in basisvaluta', 'Value'),
  column('line.matchstatus', 'Afletterstatus', 'String', { operator: 'equal' }),
  column('line.matchdate', 'Afletterdatum', 'Date'),
  column('line.matchnumber', 'Afletternummer'),
  column('line.payrun', 'Incassorun', 'Number'),
  column('line.modified', 'Regel gewijzigd', 'Datetime'),
  column('line.freetext1', 'Vrij veld 1'),
  column('line.freetext2', 'Vrij veld 2'),
  column('line.freetext3', 'Vrij veld 3'),
];

const TRANSACTION_COLUMNS: readonly ColumnDefinition[] = [
  column('head.code', 'Dagboek', 'String', { operator: 'equal' }),
  column('head.shortname', 'Naam dagboek'),
  column('head.number', 'Boekingsnummer', 'Decimal', { operator: 'between' }),
  STATUS,
  column('head.date', 'Datum', 'Date'),
  column('line.dim2', 'Debiteur', 'String', { operator: 'between', finderparam: 'dimtype=DEB' }),
  column('line.dim2name', 'Naam debiteur'),
  column('head.curcode', 'Valuta', 'String', HIDDEN),
  column('line.valuesigned', 'Bedrag', 'Value', HIDDEN),
  column('line.basevaluesigned', 'Bedrag in basisvaluta', 'Value', { operator: 'between' }),
  column('line.repvaluesigned', 'Bedrag in rapportagevaluta', 'Value', HIDDEN),
  column('line.openbasevaluesigned', 'Openstaand in basisvaluta', 'Value'),
  column('line.invnumber', 'Factuurnummer', 'String', { operator: 'equal' }),
  column('line.datedue', 'Vervaldatum', 'Date'),
  column('line.matchstatus', 'Afletterstatus', 'String', { operator: 'equal' }),
  column('line.matchnumber', 'Afletternummer'),
  column('line.matchdate', 'Afletterdatum', 'Date', { operator: 'between' }),
  column('line.openvaluesigned', 'Openstaand', 'Value', HIDDEN),
  column('line.availableforpayruns', 'Beschikbaar voor betaalruns', 'String', HIDDEN),
  column('line.modified', 'Regel gewijzigd', 'Datetime', { operator: 'between' }),
  column('head.yearperiod', 'Jaar/periode'),
];

const CREDIT_COLUMNS: readonly ColumnDefinition[] = [
  column('head.office', 'Administratie'),
  column('head.officename', 'Naam administratie'),
  column('line.dim2', 'Debiteur', 'String', { operator: 'between', finderparam: 'dimtype=DEB' }),
  column('line.dim2name', 'Naam debiteur'),
  column('line.costcenter', 'Kostenplaats'),
  column('line.costcentername', 'Naam kostenplaats'),
  column('line.invnumber', 'Factuurnummer'),
  column('head.date', 'Datum', 'Date'),
  column('line.basevaluesigned', 'Bedrag in basisvaluta', 'Value'),
  column('line.openbasevaluesigned', 'Openstaand in basisvaluta', 'Value'),
  column('line.datedue', 'Vervaldatum', 'Date'),
  column('line.actioncode', 'Dispuutcode'),
  column('line.actionname', 'Dispuutnaam'),
  column('line.actiondate', 'Dispuutdatum', 'Date'),
  column('line.actionvalue', 'Dispuutbedrag', 'Value'),
  column('line.actiondescription', 'Dispuutomschrijving'),
  column('line.actioncreated', 'Dispuut aangemaakt', 'Datetime'),
  column('line.actionuser', 'Dispuutgebruiker'),
  column('line.actionusername', 'Naam dispuutgebruiker'),
];

/** What list 164 can be filtered by differs per office. */
export function creditColumns(filters: readonly ('customer' | 'status')[]): readonly ColumnDefinition[] {
  const status = column('line.matchstatus', 'Afletterstatus', 'String', { operator: 'equal' });
  const asked = CREDIT_COLUMNS.map((each) => (filters.includes('customer') ? each : { ...each, operator: 'none' as const }));
  return filters.includes('status') ? [...asked, status] : asked;
}

const OPEN_VALUE = column('line.openvaluesigned', 'Openstaand', 'Value');
const withOpenValue = CUSTOMER_COLUMNS.flatMap((each) => (each.field === 'fin.trs.line.openbasevaluesigned' ? [OPEN_VALUE, each] : [each]));

export const BROWSE_DEFINITIONS: Readonly<Record<BrowseCode, BrowseDefinition>> = {
  '100': { code: '100', name: 'Debiteurenboekingen', columns: TRANSACTION_COLUMNS },
  '130_1': { code: '130_1', name: 'Debiteuren', columns: CUSTOMER_COLUMNS },
  '130_3': { code: '130_3', name: 'Debiteuren (3)', columns: withOpenValue },
  '164': { code: '164', name: 'Kredietbewaking', columns: CREDIT_COLUMNS },
};

/** Columns there are without a sign: asking for one makes the vendor's server fail (fact sheet §6.1). */
export const UNSIGNED = /^fin\.trs\.line\.(open)?(base|rep)?value$/;
