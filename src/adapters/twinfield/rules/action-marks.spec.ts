import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import type { ActionCells } from './action-list.js';
import { actionNamesIn, marksOf, meaningOf } from './action-marks.js';

const ON = plainDate('2026-11-20');
const NAMES = actionNamesIn('Eerste brief=reminder; Gebeld = none;Opgelost=end;Aanmaning=dispute;zonder betekenis;Iets=anders');
const action = (cells: ActionCells): ActionCells => ({ code: 'X', created: '20261101090000', date: '20261104', ...cells });
const marks = (...actions: ActionCells[]) => marksOf(actions, NAMES, ON);

describe('what an action on an invoice stands for', () => {
  it.each([
    ['Herinnering 1', 'reminder'],
    ['2e aanmaning', 'reminder'],
    ['Laatste herinneringsbrief', 'reminder'],
    ['Betalingsherinnering 2 verzonden', 'reminder'],
    ['Second reminder', 'reminder'],
    ['SOMMATIE', 'reminder'],
    // What holds a reminder back has its name in it too.
    ['Geen herinnering', 'dispute'],
    ['Herinnering tegenhouden', 'dispute'],
    ['Herinnering betwist', 'dispute'],
    ['No reminder', 'dispute'],
    ['Betwist', 'dispute'],
    ['', 'dispute'],
    ['Iets', 'dispute'],
    ['eerste  BRIEF', 'reminder'],
    ['Gebeld', 'none'],
    ['Opgelost', 'end'],
    // What an office says of its own names goes first.
    ['Aanmaning', 'dispute'],
  ])('%s: %s', (name, meaning) => {
    expect(meaningOf({ code: '001', name }, NAMES)).toBe(meaning);
  });

  it('is a dispute when only its code is told', () => {
    expect(meaningOf({ code: 'R1' }, NAMES)).toBe('dispute');
  });
});

describe('what the actions on an item come to', () => {
  it('a dispute, in the words of the package, with the day somebody looks again', () => {
    expect(marks(action({ code: 'BETW', name: 'Betwist', value: '50.00', description: 'Levering niet compleet' }))).toEqual({
      dispute: { text: 'BETW Betwist 50.00: Levering niet compleet', on: '2026-11-04' },
      remindedOn: [],
    });
    expect(marks(action({ code: 'B', value: '0.00', date: undefined })).dispute).toEqual({ text: 'B', on: '2026-11-01' });
    expect(marks({ code: 'B' }).dispute).toEqual({ text: 'B', on: null });
  });

  it('all that stand, the newest first, whatever their order', () => {
    const [old, young] = [action({ code: 'A' }), action({ code: 'B', created: '20261110090000', date: '20261113' })];
    for (const some of [[old, young], [young, old]]) expect(marks(...some).dispute).toEqual({ text: 'B | A', on: '2026-11-13' }); // prettier-ignore
  });

  it('days a reminder was sent on, in Amsterdam, each once; they neither are nor end a dispute', () => {
    const sent = action({ name: 'Herinnering 1', created: '20261031231500' });
    expect(marks(sent, action({ name: 'Eerste brief', created: '20260930214500' }), { ...sent, code: 'Y' })).toEqual({
      dispute: null,
      remindedOn: ['2026-09-30', '2026-11-01'],
    });
    expect(marks(action({ code: 'B' }), action({ name: 'Herinnering 1', created: '20261105090000' })).dispute).not.toBeNull();
  });

  it.each([
    ['the date of the action, where nothing tells when it was put on', { created: undefined, date: '20261118' }, ['2026-11-18']],
    ['today, where that date lies ahead', { created: undefined, date: '20261203' }, ['2026-11-20']],
    ['a day without a time', { created: '20261102' }, ['2026-11-02']],
  ])('has as day of a reminder %s', (_what, cells, days) => {
    expect(marks(action({ name: 'Herinnering 1', ...cells }))).toEqual({ dispute: null, remindedOn: days });
  });

  it('leaves a reminder to a person when nobody knows its day', () => {
    expect(marks({ code: 'H1', name: 'Herinnering 1' })).toEqual({ dispute: { text: 'H1 Herinnering 1', on: null }, remindedOn: [] });
  });

  it.each([
    ['later', '20261101090001', null],
    ['in the same second', '20261101090000', 'X Betwist'],
    ['before', '20261101085959', 'X Betwist'],
    ['nobody knows when', undefined, 'X Betwist'],
  ])('a dispute is over when its end was put on %s', (_when, created, text) => {
    const end = action({ code: 'O', name: 'Opgelost', created });
    expect(marks(action({ name: 'Betwist' }), end).dispute?.text ?? null).toBe(text);
    expect(marks({ code: 'X', name: 'Betwist' }, end).dispute?.text).toBe('X Betwist');
  });

  it('is nothing where what is noted holds nothing', () => {
    expect(marks(action({ name: 'Gebeld' }))).toEqual({ dispute: null, remindedOn: [] });
  });
});
