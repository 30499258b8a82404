import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../../kernel/result.js';
import { ACTION_COLUMNS, type ActionColumn } from '../vendor.js';
import { type ActionCells, actionRowsIn, actionsByItem, actionsDefinitionIn, actionsQuery } from './action-list.js';
import type { BrowseRow } from './browse.js';
import { customerRanges, halvesOf } from './customer-ranges.js';
import { type LineKey, refOf } from './refs.js';
import { childrenOf, parseXml, textAt } from './xml.js';

/** A definition with these columns; those with a star can be filtered by. */
function defined(...names: string[]) {
  const columns = names.map((each) => {
    const field = ACTION_COLUMNS[each.replace('*', '') as ActionColumn];
    const ask = each.endsWith('*') ? '<ask>true</ask><operator>between</operator>' : '<ask>false</ask><operator>none</operator>';
    return `<column><field>${field}</field><visible>false</visible>${ask}</column>`;
  });
  return unwrap(parseXml(`<browse result="1"><office>KD01</office><code>164</code><columns>${columns.join('')}</columns></browse>`));
}
const columnsIn = (query: string) =>
  childrenOf(unwrap(parseXml(query)), 'column').map((column) =>
    [
      textAt(column, 'field')?.replace('fin.trs.', ''),
      textAt(column, 'visible'),
      textAt(column, 'operator'),
      textAt(column, 'from'),
    ].filter((each) => each !== null),
  );

describe('the list of actions on invoices', () => {
  it('is good with the code of an action, and asks for what the office has, all of it visible, filtered by nothing', () => {
    const list = actionsDefinitionIn(defined('customer*', 'code', 'name', 'matchStatus*'), '164');
    if (list === null) throw new Error('it is no good');
    expect(columnsIn(actionsQuery(list, {}))).toEqual([['line.dim2', 'true'], ['line.actioncode', 'true'], ['line.actionname', 'true']]); // prettier-ignore
    expect(columnsIn(actionsQuery(list, { matchStatus: 'proposed', customers: { from: '1', to: '2' } }))).toEqual([
      ['line.matchstatus', 'true', 'equal', 'proposed'],
      ['line.dim2', 'true', 'between', '1'],
      ['line.actioncode', 'true'],
      ['line.actionname', 'true'],
    ]);
    expect(actionsDefinitionIn(defined('customer', 'name'), '164')).toBeNull();
  });

  it('has rows without an action and without a key, and none of another office', () => {
    const th = '<th><td>fin.trs.line.actioncode</td><td>fin.trs.line.invnumber</td></th>';
    const row = (code: string, key: string) => `<tr><td>${code}</td><td>17</td>${key}</tr>`;
    const key = (office: string) => `<key><office>${office}</office><code>VRK</code><number>1</number><line>1</line></key>`;
    const read = (...rows: string[]) => actionRowsIn(unwrap(parseXml(`<browse result="1">${th}${rows.join('')}</browse>`)), 'KD01');
    expect(unwrap(read(row('B', key('KD01')), row('', key('KD01')), row('C', '')))).toEqual([
      { key: { code: 'VRK', number: '1', line: '1' }, cells: { code: 'B', invoice: '17' } },
      { key: null, cells: { code: 'C', invoice: '17' } },
    ]);
    expect(read(row('', key('KD02')))).toMatchObject({ ok: false, error: { message: expect.stringContaining('KD02') } });
  });
});

describe('which open item an action is on', () => {
  const item = (number: string, cells: BrowseRow['cells'] = {}, line = '1'): BrowseRow => ({
    key: { code: 'VRK', number, line },
    cells: { customer: '1', invoice: '17', date: '20261001', due: '20261031', value: '10.00', ...cells },
  });
  const open = new Map([item('1'), item('2', { date: '20260901' }), item('3', { value: '-5.00' }), item('4', { customer: '2' })].map((row) => [refOf(row.key), row])); // prettier-ignore
  const on = (key: LineKey | null, cells: ActionCells) => [...actionsByItem([{ key, cells: { code: 'B', ...cells } }], open).keys()];

  it.each<[string, LineKey | null, ActionCells, string[]]>([
    ['the line its key names', { code: 'VRK', number: '2', line: '1' }, { customer: '9' }, ['VRK/2/1']],
    ['all of the booking, when it names another line', { code: 'VRK', number: '2', line: '7' }, {}, ['VRK/2/1']],
    ['none, when that is not open', { code: 'VRK', number: '9', line: '1' }, { customer: '1', invoice: '17' }, []],
    ['none, when it says that nothing is open of it', { code: 'VRK', number: '2', line: '1' }, { baseOpen: '0.00' }, []],
    ['none that is owed to the customer', { code: 'VRK', number: '3', line: '1' }, {}, []],
    [
      'without a key, what agrees in all it tells',
      null,
      { customer: '1', invoice: '17', issued: '20260901', due: '20261031' },
      ['VRK/2/1'],
    ],
    ['all that agree', null, { customer: '1', invoice: '17' }, ['VRK/1/1', 'VRK/2/1']],
    ['none of another customer', null, { customer: '3', invoice: '17' }, []],
  ])('%s', (_which, key, cells, refs) => {
    expect(on(key, cells)).toEqual(refs);
  });
});

describe('customers in parts', () => {
  it('have every code once, and codes of one length together', () => {
    const codes = ['1000', '999', '1001', '998', '1002'];
    expect(customerRanges(codes, 2)).toEqual([['1000', '1001', '1002'], ['998', '999']]); // prettier-ignore
    expect(customerRanges(codes, 5).flat().sort()).toEqual([...codes].sort());
    expect(halvesOf(['1'])).toEqual([]);
    expect(halvesOf(['1', '22'])).toEqual([['1'], ['22']]);
  });
});
