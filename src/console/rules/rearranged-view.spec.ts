import { describe, expect, it } from '@jest/globals';
import type { OpenAgreements } from '../../dossier/rules/open-agreements.js';
import { INVOICE_HOLD_REASONS } from '../../ledger/rules/invoice-hold.js';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { formatFor } from './format.js';
import { showRearranged } from './rearranged-view.js';

type Hold = OpenAgreements['holds'][number];
const hold = (given: Partial<Hold> = {}): Hold => ({
  debtorId: 'd1',
  debtor: 'Slagerij Proef',
  id: '1',
  kind: 'manual',
  reason: 'MOVED',
  from: plainDate('2026-11-20'),
  until: null,
  invoice: '2026-7',
  ...given,
});
const show = (...holds: Hold[]) => showRearranged(holds, english, formatFor(english.locale));

describe('what was rearranged in the bookkeeping', () => {
  it('says of which invoice a person has to decide, and whose it was', () => {
    const [shown] = show(hold({ formerDebtor: 'Bakkerij Proef' }));
    expect(shown?.what).toMatch(/^Invoice 2026-7 of Slagerij Proef, on hold since /);
    expect(shown?.why).toMatch(/\(it was of Bakkerij Proef before\)$/);
  });

  it('says of a debtor that he is on hold as the one was who was merged into him, also until a day', () => {
    const { invoice: _invoice, ...ofDebtor } = hold({ reason: 'BANKRUPTCY', formerDebtor: 'Bakkerij Proef' });
    for (const until of [null, plainDate('2026-12-01')]) {
      const [shown] = show({ ...ofDebtor, until });
      expect(shown?.what).toMatch(/^Slagerij Proef with all invoices, on hold since /);
      expect(shown?.why).toBe('bankruptcy (it was of Bakkerij Proef before)');
    }
  });

  it('leaves out holds that were noted for a debtor, and what ends by itself', () => {
    const { invoice: _invoice, ...ofDebtor } = hold();
    expect(show(ofDebtor, hold({ until: plainDate('2026-12-01') }))).toEqual([]);
  });

  it('has words for every reason', () => {
    for (const reason of INVOICE_HOLD_REASONS) expect(show(hold({ reason }))[0]?.why).not.toContain(reason);
  });
});
