import type { OfficeBooks } from '../books.js';
import { type BrowseDefinition, type ColumnDefinition, UNSIGNED } from '../rules/browse-definitions.js';
import { type Language, MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, childrenOf, el, leaf, textOf } from '../rules/xml.js';
import { type BrowseRow, cellOf } from './browse-cells.js';
import { definitionOf } from './browse-definition.js';
import { type Condition, inOrder, passes } from './browse-query.js';
import { type Asked, Findings, refusedWith } from './outcome.js';
import { ServiceFault } from './service.js';

interface AskedColumn {
  readonly definition: ColumnDefinition;
  readonly label: string;
  readonly visible: boolean;
  readonly condition: Condition | null;
}

/** `<columns code="130_1">`: the rows of an overview (fact sheet §6.1). There is no office in it: the header decides. No pages either. */
export function browse(asked: Asked, root: XmlElement): XmlElement {
  const { user, office } = asked;
  if (!office) throw new ServiceFault('companyRequired');
  const code = root.attributes['code'] ?? '';
  const definition = definitionOf(office, code);
  if (!definition) return el('browse', refusedWith(MESSAGES.noBrowse(code), user.language));
  const unknown = unknownFields(root, definition);
  if (!unknown.isEmpty) return unknown.echo(root, user.language);
  const columns = childrenOf(root, 'column').map((column) => askedColumn(column, definition));
  const conditions = columns.flatMap(({ condition }) => condition ?? []);
  const rows = rowsOf(code, office, asked).filter((row) => conditions.every((condition) => passes(row, condition)));
  const shown = columns.filter(({ visible }) => visible);
  const bare = root.attributes['optimize'] === 'true';
  return browseXml(inOrder(rows, sortOf(root)), shown, { language: user.language, bare });
}

/** Columns the office does not have; those without a sign make the server fail. */
function unknownFields(root: XmlElement, { columns }: BrowseDefinition): Findings {
  const findings = new Findings();
  const sort = child(root, 'sort');
  const named = [...(sort ? childrenOf(sort, 'field') : []), ...childrenOf(root, 'column').flatMap((each) => childrenOf(each, 'field'))];
  for (const element of named) {
    const field = element.text.trim();
    if (UNSIGNED.test(field)) throw new ServiceFault('unexpected');
    if (!columns.some((each) => each.field === field)) findings.add(element, MESSAGES.noField);
  }
  return findings;
}

function askedColumn(column: XmlElement, { columns }: BrowseDefinition): AskedColumn {
  const field = textOf(column, 'field') ?? '';
  const definition = columns.find((each) => each.field === field);
  if (!definition) throw new ServiceFault('unexpected');
  const visible = textOf(column, 'visible');
  return {
    definition,
    label: textOf(column, 'label') ?? definition.label,
    visible: visible === undefined ? definition.visible : visible === 'true',
    condition: conditionOf(column, definition),
  };
}

/** Only what the definition asks for can be filtered on; anything else makes the server fail. Empty from and to: no condition. */
function conditionOf(column: XmlElement, { field, operator: defined }: ColumnDefinition): Condition | null {
  const operator = textOf(column, 'operator') ?? 'none';
  const [from, to] = [textOf(column, 'from') ?? '', textOf(column, 'to') ?? ''];
  if (operator === 'none' || (from === '' && to === '')) return null;
  const isAsked = textOf(column, 'ask') === 'true' && defined !== 'none';
  if (!isAsked || (operator !== 'equal' && operator !== 'between' && operator !== 'like')) throw new ServiceFault('unexpected');
  return { field, operator, from, to };
}

const sortOf = (root: XmlElement): { field: string; descending: boolean }[] => {
  const sort = child(root, 'sort');
  const fields = sort ? childrenOf(sort, 'field') : [];
  if (fields.length > 3) throw new ServiceFault('unexpected');
  return fields.map(({ text, attributes }) => ({ field: text.trim(), descending: attributes['order'] === 'descending' }));
};

function rowsOf(code: string, books: OfficeBooks, { user }: Asked): BrowseRow[] {
  const { organisation } = user;
  const lines = [...books.receivables()];
  if (code !== '164') return lines.map((line) => ({ books, organisation, line, action: null }));
  const isKeyless = books.switches.creditList === 'keyless';
  const actions = lines.flatMap((line) => line.actions.map((action): BrowseRow => ({ books, organisation, line, action, isKeyless })));
  if (books.switches.creditList !== 'open') return actions;
  const without = lines.filter((line) => line.actions.length === 0 && line.open !== 0);
  return [...actions.filter(({ line }) => line.open !== 0), ...without.map((line) => ({ books, organisation, line, action: null }))];
}

interface Style {
  readonly language: Language;
  /** Without attributes on the cells: they go by the order of the head. */
  readonly bare: boolean;
}

function browseXml(rows: readonly BrowseRow[], columns: readonly AskedColumn[], style: Style): XmlElement {
  const total = String(rows.length);
  const head = columns.map(({ definition, label }) => el('td', { label, hideforuser: 'false', type: definition.type }, definition.field));
  return el('browse', { result: '1', first: rows.length === 0 ? '0' : '1', last: total, total }, [
    el('th', {}, head),
    ...rows.map((row) => el('tr', {}, [...columns.map((column) => cellXml(row, column, style)), ...keyXml(row)])),
  ]);
}

function cellXml(row: BrowseRow, { definition }: AskedColumn, { language, bare }: Style): XmlElement {
  const { field, type } = definition;
  const cell = cellOf(row, field, language);
  const attributes = bare ? {} : { field, hideforuser: 'false', type };
  return el('td', { ...attributes, name: cell.label }, cell.text);
}

const keyXml = ({ books, line, isKeyless = false }: BrowseRow): XmlElement[] =>
  isKeyless
    ? []
    : [
        el('key', {}, [
          leaf('office', books.code),
          leaf('code', line.transaction.code),
          leaf('number', line.transaction.number),
          leaf('line', String(line.id)),
        ]),
      ];
