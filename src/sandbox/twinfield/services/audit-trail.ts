import type { Answer } from '../../wire/answer.js';
import type { OfficeBooks } from '../books.js';
import type { MatchEvent } from '../records.js';
import { amountText } from '../rules/format.js';

/** Address of the matching audit trail: organisation and office by their GUIDs. */
export const MATCHING_TRAIL = /^\/Api\/organisations\/([^/]+)\/companies\/([^/]+)\/bookkeeping\/audittrails\/matching$/;

const MOST = 200;

/** Settlements and their undoing, from a sequence number on (fact sheet §6.6). */
export function matchingTrail(books: OfficeBooks, query: URLSearchParams): Answer {
  const from = Number(query.get('fromSequence') ?? '0');
  const limit = Number(query.get('limit') ?? String(MOST));
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(limit) || limit < 1 || limit > MOST) return { status: 400 };
  const found = books.events.filter(({ sequence }) => sequence >= from).slice(0, limit);
  const last = found.at(-1);
  const nextSequenceNumber = last ? last.sequence + 1 : from;
  return { status: 200, body: { events: found.map((event) => eventJson(books, event)), nextSequenceNumber } };
}

function eventJson(books: OfficeBooks, { sequence, at, id, type, userCode, set }: MatchEvent): unknown {
  const [year, month, day] = set.date.split('-').map(Number);
  return {
    sequence,
    logTimestamp: at.toISOString(),
    companyId: books.id,
    userCode,
    eventId: id,
    eventTimestamp: at.toISOString(),
    eventType: type,
    matchId: set.id,
    matchLevel: 2,
    dimensionCode: set.customer,
    matchNumber: set.number,
    matchDate: { year, month, day },
    transactionLines: set.lines.map(({ line, value, base }) => ({
      transactionTypeCode: line.transaction.code,
      transactionNumber: line.transaction.number,
      transactionLineId: line.id,
      matchedAmount: Number(amountText(base, books.currency)),
      matchedAmountTransactionCurrency: Number(amountText(value, line.transaction.currency)),
      matchedAmountReportingCurrency: Number(amountText(base, books.currency)),
    })),
  };
}
