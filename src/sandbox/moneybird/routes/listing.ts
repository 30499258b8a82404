import { type Result, err, ok } from '../../../kernel/result.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Answer, answer, refusal, wrapperMissing } from '../answers.js';
import type { Stamped } from '../records.js';
import { versionOf } from '../render/render-common.js';
import { alternatives } from '../rules/filter.js';
import { readPeriod } from '../rules/period.js';
import type { Call } from './route.js';

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 50;
const SYNCHRONIZATION_CUT = 100;

/** Newest first: ids grow with time and are equally long. */
export const newestFirst = <T extends Stamped>(records: Iterable<T>): T[] => [...records].sort((a, b) => (a.id < b.id ? 1 : -1));

/** One page with its Link header. Refusals: `page` or `per_page` outside its range (400). */
export function paged<T>(call: Call, records: readonly T[], render: (records: readonly T[]) => unknown): Answer {
  const perPage = wholeNumber(call.query.get('per_page'), DEFAULT_PAGE);
  if (perPage === null || perPage > LARGEST_PAGE) return refusal(400, 'per_page does not have a valid value');
  const page = wholeNumber(call.query.get('page'), 1);
  if (page === null) return refusal(400, 'page does not have a valid value');
  const links = [
    ...(page * perPage < records.length ? [link(call, page + 1, 'next')] : []),
    ...(page > 1 ? [link(call, page - 1, 'prev')] : []),
  ];
  const body = render(records.slice((page - 1) * perPage, page * perPage));
  return { ...answer(200, body), ...(links.length > 0 && { headers: { Link: links.join(', ') } }) };
}

function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function link(call: Call, page: number, rel: 'next' | 'prev'): string {
  const query = new URLSearchParams(call.query);
  query.set('page', String(page));
  return `<${call.url}?${query.toString()}>; rel="${rel}"`;
}

/** `GET …/synchronization`: ids and versions of everything, no pages. */
export const synchronizationList = (records: readonly Stamped[]): Answer =>
  answer(
    200,
    records.map((record) => ({ id: record.id, version: versionOf(record) })),
  );

/**
 * `POST …/synchronization`: the records of at most a hundred ids; what is past that or unknown is left out without a word. Newest first,
 * not in the order asked.
 */
export function synchronizationRecords<T extends Stamped>(call: Call, all: ReadonlyMap<string, T>, render: (record: T) => unknown): Answer {
  const ids = call.body['ids'];
  if (!Array.isArray(ids)) return wrapperMissing('ids');
  const wanted = new Set(ids.slice(0, SYNCHRONIZATION_CUT).map(String));
  const found = [...wanted].map((id) => all.get(id)).filter((record) => record !== undefined);
  return answer(200, newestFirst(found).map(render));
}

export const DEFAULT_PERIOD = 'this_year';

/** A test for a record's date out of the filter's `period`. */
export function periodTest(period: string | undefined, today: PlainDate): Result<(day: PlainDate) => boolean, Answer> {
  if (period === undefined) return ok(() => true);
  const read = readPeriod(period, today);
  return read.ok ? ok((day) => day >= read.value.from && day <= read.value.until) : err(refusal(400, read.error));
}

/** A test for a record's state out of the filter's `state`; `all` is everything. */
export function stateTest(state: string | undefined, known: readonly string[]): Result<(state: string) => boolean, Answer> {
  if (state === undefined) return ok(() => true);
  const wanted = alternatives(state);
  if (!wanted.every((value) => value === 'all' || known.includes(value))) {
    return err(refusal(400, 'Status is not included in the list', { filter: 'invalid' }));
  }
  return ok((value) => wanted.includes('all') || wanted.includes(value));
}
