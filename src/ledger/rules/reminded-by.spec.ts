import { describe, expect, it } from '@jest/globals';
import { actingMode, mayBecome, remindedByAtFirst } from './reminded-by.js';

describe('who reminds', () => {
  it.each([
    ['Tegoed, where the package does not', null, [], 'tegoed'],
    ['nobody knows, where the package does', null, ['Standaard'], null],
    ['Tegoed, when it was chosen', 'tegoed', ['Standaard'], 'tegoed'],
    ['the package, when it was chosen', 'package', [], 'package'],
  ] as const)('is at first %s', (_who, chosen, native, who) => {
    expect(remindedByAtFirst(chosen, native)).toBe(who);
  });

  const become = (mode: 'off' | 'shadow' | 'live', remindedBy: 'tegoed' | 'package' | null, nativeReminders: string[] = ['Standaard']) =>
    mayBecome({ mode, package: 'moneybird', remindedBy, nativeReminders });

  it('must be chosen before anything goes live, and no sooner', () => {
    expect(become('live', 'tegoed').ok).toBe(true);
    expect(become('live', 'package').ok).toBe(true);
    expect(become('shadow', null).ok).toBe(true);
    expect(become('off', null).ok).toBe(true);
    expect(become('live', null)).toMatchObject({ ok: false, error: { code: 'reminders-undecided' } });
    expect(become('live', null, [])).toMatchObject({ ok: false, error: { code: 'reminders-undecided' } });
  });

  it('names the schedules that were found', () => {
    const refused = become('live', null, ['Standaard', 'Netto 30']);
    expect(refused.ok ? '' : refused.error.message).toContain('moneybird reminds by itself (Standaard, Netto 30)');
  });

  it('lets acts leave only when it is Tegoed, live', () => {
    const modes = (['shadow', 'live'] as const).flatMap((mode) => (['tegoed', 'package', null] as const).map((by) => actingMode(mode, by)));
    expect(modes).toEqual(['shadow', 'shadow', 'shadow', 'live', 'shadow', 'shadow']);
  });
});
