import { describe, expect, it } from '@jest/globals';
import { book, invoice } from '../../../test/dunning/support/books.js';
import { context, policies } from '../../../test/dunning/support/house.js';
import { decide } from './decide.js';
import { explain } from './explain.js';
import { type DebtorFacts, factsByDebtor } from './facts.js';
import { LANGUAGES } from './sentence.js';
import { actToJson } from './plan.js';

const policy = policies.get('nl-business');
const overdue = book({ invoices: [invoice({ id: 'i' })] });
const [facts] = factsByDebtor(overdue) as [DebtorFacts];
const [act] = decide(overdue, policy, overdue.asOf, context).acts;
if (!act) throw new Error('an invoice ten days late gives an act');
const again = (decided: Record<string, unknown>, of = facts) => explain(decided, of, policy, overdue.asOf, context);

describe('a decision made again from its facts', () => {
  it.each(LANGUAGES)('agrees, in whatever language it was told: %s', (language) => {
    expect(again(actToJson(act, language))).toMatchObject({ agrees: true, differences: [] });
  });

  it('agrees when the database put the keys in another order', () => {
    const { lines, ...rest } = actToJson(act) as { lines: Record<string, unknown>[] };
    const turned = lines.map((line) => Object.fromEntries(Object.entries(line).reverse()));
    expect(again({ lines: turned, ...rest })).toMatchObject({ agrees: true });
  });

  it('does not mind parts an older version did not store', () => {
    const { tone: _, ...older } = actToJson(act);
    expect(again(older)).toMatchObject({ agrees: true });
  });

  it('names the parts that differ', () => {
    expect(again({ ...actToJson(act), total: '99.00', step: 'demand' })).toMatchObject({ agrees: false, differences: ['step', 'total'] });
  });

  it('says when nothing would be done', () => {
    const paid = { ...facts, invoices: [invoice({ id: 'i', open: 0 })] };
    expect(again(actToJson(act), paid)).toMatchObject({ agrees: false, recomputed: null });
  });
});
