import { describe, expect, it } from '@jest/globals';
import { alternatives, readFilter } from './filter.js';

describe('a filter', () => {
  it('is pairs, of which the first colon parts key and value', () => {
    expect([...readFilter('state:open|late, period:this_year,updated_after:2026-08-21T13:50:00Z')]).toEqual([
      ['state', 'open|late'],
      ['period', 'this_year'],
      ['updated_after', '2026-08-21T13:50:00Z'],
    ]);
    expect(alternatives('open|late')).toEqual(['open', 'late']);
  });

  it('may be absent or rubbish', () => {
    expect(readFilter(null).size).toBe(0);
    expect(readFilter('nothing,,').size).toBe(0);
  });
});
