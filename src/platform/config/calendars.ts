import { Ajv } from 'ajv';
import { type Calendar, type CalendarTable, calendarOf } from '../../kernel/calendar.js';
import { configPath, readYaml } from './config-files.js';

export interface Calendars {
  readonly nl: Calendar;
  readonly be: Calendar;
  /** Banking days of the euro area. */
  readonly target: Calendar;
}

const day = { type: 'string', pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' };
const validate = new Ajv({ allErrors: true }).compile<CalendarTable>({
  type: 'object',
  required: ['name', 'source', 'weekend', 'fixed', 'easter'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    source: { type: 'string' },
    weekend: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 7 } },
    fixed: {
      type: 'array',
      items: {
        type: 'object',
        required: ['date', 'name'],
        additionalProperties: false,
        properties: { date: day, name: { type: 'string' }, sundayMovesTo: day },
      },
    },
    easter: {
      type: 'array',
      items: {
        type: 'object',
        required: ['offsetDays', 'name'],
        additionalProperties: false,
        properties: { offsetDays: { type: 'integer' }, name: { type: 'string' } },
      },
    },
  },
});

function loadCalendar(name: string): Calendar {
  const path = configPath(`calendar/${name}.yml`);
  const table = readYaml(path);
  if (!validate(table))
    throw new Error(`${path}: ${validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ')}`);
  return calendarOf(table);
}

/** The calendars of config/calendar. Throws at start when a table is not what it should be. */
export const loadCalendars = (): Calendars => ({ nl: loadCalendar('nl'), be: loadCalendar('be'), target: loadCalendar('target') });
