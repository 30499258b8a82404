import { describe, expect, it } from '@jest/globals';
import { administrationWarnings, toAdministration } from './administration.js';
import { invoiceTerms, nativeReminders } from './workflow.js';

const step = (step_order: number, reminder_auto_send: boolean) => ({ step_order, reminder_auto_send, due_interval: 14 });

describe('nativeReminders', () => {
  it('finds active invoice workflows that send by themselves after the first step', () => {
    const workflows = [
      { id: '1', type: 'InvoiceWorkflow', name: 'Standaard', default: true, active: true, steps: [step(0, false), step(1, true)] },
      { id: '2', type: 'InvoiceWorkflow', name: 'Met de hand', default: false, active: true, steps: [step(0, true), step(1, false)] },
      { id: '3', type: 'InvoiceWorkflow', name: 'Oud', default: false, active: false, steps: [step(1, true)] },
      { id: '4', type: 'EstimateWorkflow', name: 'Offerte', default: true, active: true, steps: [step(1, true)] },
      { id: '5', type: 'InvoiceWorkflow', name: '', active: true, steps: [step(1, true)] },
    ];
    expect(nativeReminders(workflows)).toEqual([
      { ref: '1', name: 'Standaard', isDefault: true },
      { ref: '5', name: '5', isDefault: false },
    ]);
  });
});

describe('invoiceTerms', () => {
  it('knows no term without workflows, or from one that says nothing', () => {
    expect(invoiceTerms([]).standard).toEqual({ days: null, language: null });
    expect(invoiceTerms([{ id: '1', type: 'InvoiceWorkflow', default: true, language: 'klingon' }]).standard).toEqual({
      days: null,
      language: null,
    });
  });
});

describe('an administration', () => {
  const record = {
    id: '402118850017216543',
    name: 'Parkiet B.V.',
    language: 'nl',
    currency: 'EUR',
    country: 'NL',
    time_zone: 'Europe/Amsterdam',
  };

  it('is read as the package tells it', () => {
    expect(toAdministration({ ...record, suspended: false })).toEqual({
      ref: '402118850017216543',
      name: 'Parkiet B.V.',
      country: 'NL',
      currency: 'EUR',
      language: 'nl',
      timeZone: 'Europe/Amsterdam',
      active: true,
    });
    expect(toAdministration({ ...record, suspended: true })?.active).toBe(false);
    expect(toAdministration({ name: 'x' })).toBeNull();
  });

  it('warns of a suspension and of a locked period', () => {
    expect(administrationWarnings(record)).toEqual([]);
    expect(administrationWarnings({ ...record, suspended: true, period_locked_until: '2026-06-30' })).toEqual([
      'Moneybird has suspended this administration: nothing can be written.',
      'The books are locked until 2026-06-30: payments of that day or earlier are refused.',
    ]);
  });
});
