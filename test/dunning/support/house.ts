import { loadLaw } from '../../../src/law/law-tables.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { loadCalendars } from '../../../src/platform/config/calendars.js';
import { Policies } from '../../../src/dunning/policy-files.js';
import type { DecisionContext } from '../../../src/dunning/rules/decide.js';

/** What the service starts with: calendars, law and policies of config/. */
export const context: DecisionContext = { calendars: loadCalendars(), law: loadLaw() };

export const policies = new Policies(context.law, plainDate('2026-11-20'));
