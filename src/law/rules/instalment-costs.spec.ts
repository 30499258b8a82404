import { describe, expect, it } from '@jest/globals';
import { LAW, lawWith } from '../../../test/law/law-fixture.js';
import { plainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import { type InstalmentCosts, type MissedInstalment, instalmentCosts } from './instalment-costs.js';

const law = lawWith({ nlInstalmentRule: true });
const on = plainDate('2026-11-21');
const missed = (missedOn: string, open = 50_00, ownLetter = true): MissedInstalment => ({
  id: missedOn,
  missedOn: plainDate(missedOn),
  open,
  ownLetter,
});
const ask = (...instalments: MissedInstalment[]): InstalmentCosts => unwrap(instalmentCosts(law, instalments, on));

describe('small instalments of one contract (collection-rules §1.7)', () => {
  it('is off unless it is switched on, and not in force before October 2024', () => {
    expect(instalmentCosts(LAW, [missed('2026-01-31')], on)).toMatchObject({ ok: false, error: { code: 'instalment-rule-off' } });
    expect(instalmentCosts(law, [], plainDate('2024-09-30'))).toMatchObject({ ok: false, error: { code: 'no-table' } });
  });

  it('gives 40 + 20 + 20 + 20 + 20 + 20 = 140 in six months', () => {
    const half = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'].map((day) => missed(day));
    const found = ask(...half);
    expect(found.fees.map(({ fee }) => fee)).toEqual([40_00, 20_00, 20_00, 20_00, 20_00, 20_00]);
    expect(found.total).toBe(140_00);
  });

  it('charges nothing above the cap of the window, and again when the window has moved on', () => {
    const weekly = ['01', '05', '10', '15', '20', '25', '28'].map((day) => missed(`2026-01-${day}`));
    expect(ask(...weekly).fees.at(-1)?.fee).toBe(0);
    expect(ask(missed('2026-01-01'), missed('2026-07-01')).fees.map(({ fee }) => fee)).toEqual([40_00, 40_00]);
    expect(ask(missed('2026-01-02'), missed('2026-07-01')).fees.map(({ fee }) => fee)).toEqual([40_00, 20_00]);
  });

  it('leaves larger instalments to the scale, outside the window', () => {
    // 300.00 × 15 % = 45.00
    expect(ask(missed('2026-01-01', 300_00), missed('2026-02-01')).fees.map(({ fee }) => fee)).toEqual([45_00, 40_00]);
  });

  it('gives a joint letter the highest fee of one instalment', () => {
    expect(ask(missed('2026-01-01', 50_00, false), missed('2026-02-01', 60_00, false))).toMatchObject({
      fees: [],
      jointFee: 40_00,
      total: 40_00,
    });
    expect(ask(missed('2026-01-01'), missed('2026-02-01', 60_00, false))).toMatchObject({ jointFee: 20_00, total: 60_00 });
  });
});
