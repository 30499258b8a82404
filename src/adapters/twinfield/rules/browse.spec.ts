import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../../kernel/result.js';
import { COLUMNS, type ColumnName } from '../vendor.js';
import { customerItemsQuery, definitionIn, openItemsQuery } from './browse.js';
import { bookYears } from './cursor.js';
import { childrenOf, parseXml, textAt } from './xml.js';

/** A definition with these columns; those with a star can be filtered by. */
function defined(...names: string[]) {
  const columns = names.map((each) => {
    const name = each.replace('*', '') as ColumnName;
    const filter = each.endsWith('*') ? '<ask>true</ask><operator>equal</operator>' : '<ask>false</ask><operator>none</operator>';
    return `<column><field>${COLUMNS[name]}</field><visible>true</visible>${filter}</column>`;
  });
  return unwrap(parseXml(`<browse result="1"><office>KD01</office><code>130_1</code><columns>${columns.join('')}</columns></browse>`));
}
const ENOUGH = ['matchStatus*', 'customer*', 'due', 'invoice', 'value', 'baseOpen'];
const filtersIn = (query: string) =>
  childrenOf(unwrap(parseXml(query)), 'column').flatMap((column) => {
    const operator = textAt(column, 'operator');
    return operator === null ? [] : [[textAt(column, 'field'), operator, textAt(column, 'from'), textAt(column, 'to')]];
  });

describe('the definition of a list', () => {
  it('is good with what an open item needs, and knows what can be filtered', () => {
    expect(definitionIn(defined(...ENOUGH, 'status*', 'yearPeriod'), '130_1')).toEqual({
      code: '130_1',
      columns: ['status', 'matchStatus', 'yearPeriod', 'customer', 'due', 'invoice', 'value', 'baseOpen'],
      filters: ['status', 'matchStatus', 'customer'],
    });
  });

  it.each(['matchStatus*', 'value', 'baseOpen', 'customer*'])('is not good without %s', (missing) => {
    expect(definitionIn(defined(...ENOUGH.filter((name) => name !== missing)), '130_1')).toBeNull();
  });

  it('is not good when it cannot be filtered by what is open', () => {
    expect(definitionIn(defined('matchStatus', ...ENOUGH.slice(1)), '130_1')).toBeNull();
  });
});

describe('what is asked of a list', () => {
  const definition = (...more: string[]) => {
    const found = definitionIn(defined(...ENOUGH, ...more), '130_1');
    if (found === null) throw new Error('the definition is not good');
    return found;
  };

  it('filters by nothing the office does not let us filter by', () => {
    expect(filtersIn(openItemsQuery(definition('status'), 'proposed'))).toEqual([[COLUMNS.matchStatus, 'equal', 'proposed', null]]);
    expect(filtersIn(openItemsQuery(definition('status*'), 'available'))).toEqual([
      [COLUMNS.status, 'equal', 'normal', null],
      [COLUMNS.matchStatus, 'equal', 'available', null],
    ]);
  });

  it('is one customer, where that can be filtered by', () => {
    expect(filtersIn(customerItemsQuery(definition(), '00590'))).toEqual([
      [COLUMNS.matchStatus, 'equal', 'available', null],
      [COLUMNS.customer, 'between', '00590', '00590'],
    ]);
  });

  it('asks for some columns and for those it filters by, and for no others', () => {
    const query = openItemsQuery(definition('status*', 'yearPeriod*'), 'available', { from: '2026/00', to: '2026/99' }, [
      'customer',
      'baseOpen',
    ]);
    expect(childrenOf(unwrap(parseXml(query)), 'column').map((column) => textAt(column, 'field'))).toEqual([
      COLUMNS.status,
      COLUMNS.matchStatus,
      COLUMNS.yearPeriod,
      COLUMNS.customer,
      COLUMNS.baseOpen,
    ]);
  });
});

describe('book years', () => {
  it('are together all there is, each once, oldest first', () => {
    const years = bookYears(2026);
    expect(years.at(0)).toEqual({ from: '1900/00', to: '2018/99' });
    expect(years.at(1)).toEqual({ from: '2019/00', to: '2019/99' });
    expect(years.slice(-2)).toEqual([{ from: '2026/00', to: '2026/99' }, { from: '2027/00', to: '2999/99' }]); // prettier-ignore
    expect(years).toHaveLength(10);
  });
});
