import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { singleLine } from '../../correspondence/rules/single-line.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { mistakesIn } from '../../platform/http/validation.js';
import { CALLBACK_PREFIX, type Callback, type CallbackType } from '../rules/callback/callback.js';
import { statedIbans, withoutSay } from '../rules/callback/no-say.js';
import type { PlanTerms } from '../rules/callback/plan-terms.js';
import type { SettlementText } from '../rules/callback/settlement-text.js';
import { isTooDeep, storable } from '../rules/callback/storable.js';
import { type ArrangementDto, CallbackDataDto, EnvelopeDto, type SettlementDto } from './callback.dto.js';

/** What is wrong with a message, and where: `data.lines.0.gross`. */
export interface Mistake {
  readonly field: string;
  readonly message: string;
}

/** A message that was read, and as it is kept. */
export interface ReadCallback {
  readonly callback: Callback;
  readonly body: object;
}

type Field = keyof CallbackDataDto;

/** What each type must say; the rest it may. */
const REQUIRED: Readonly<Record<CallbackType, readonly Field[]>> = {
  received: [],
  accepted: ['agencyReference'],
  rejected: ['reason'],
  info_required: ['question'],
  status_changed: [],
  payment_registered: ['amount', 'currency', 'receivedOn'],
  arrangement_agreed: ['arrangement'],
  dispute_raised: ['code', 'text'],
  legal_proposed: ['action'],
  settlement_issued: ['settlement'],
  closed: ['closeCode'],
  reopened: [],
};

/** Longer than this is cut: whoever wants it whole asks the agency. */
const TEXT_MAX = 2_000;
/** Clocks differ; news of tomorrow would make everything until then late. */
const AHEAD_MS = 15 * 60_000;

/** Reads the bytes of a message whose signature was proven. Unknown fields are left alone. Refuses with every mistake. */
export function readCallback(bytes: Uint8Array, now: Date): Result<ReadCallback, readonly Mistake[]> {
  const json = parse(bytes);
  return json.ok ? readEvent(json.value, now) : json;
}

/** The same for a message that was parsed: one of those an agency answers when it is asked for news. */
export function readEvent(json: unknown, now: Date): Result<ReadCallback, readonly Mistake[]> {
  if (!isObject(json)) return err([{ field: '', message: 'the message is no JSON object' }]);
  if (isTooDeep(json)) return err([{ field: '', message: 'the message is nested too deep' }]);
  const body = storable(json) as Record<string, unknown>;
  const envelope = plainToInstance(EnvelopeDto, body);
  const about = mistakesOf(envelope, '');
  if (about.length > 0) return err(about);

  const type = envelope.type.slice(CALLBACK_PREFIX.length) as CallbackType;
  // Read from the body as it came: data is not made into anything yet.
  const raw = body['data'] as Record<string, unknown>;
  const data = plainToInstance(CallbackDataDto, raw);
  const mistakes = [...mistakesOf(data, 'data'), ...missingIn(data, type)];
  if (mistakes.length > 0) return err(mistakes);

  const occurredAt = new Date(data.occurredAt ?? envelope.timestamp);
  if (Number.isNaN(occurredAt.getTime()) || occurredAt.getTime() > now.getTime() + AHEAD_MS) {
    const field = data.occurredAt === undefined ? 'timestamp' : 'data.occurredAt';
    return err([{ field, message: `${field} is no moment, or one that has not come` }]);
  }
  return ok({ callback: toCallback(type, data, raw, occurredAt), body });
}

function parse(bytes: Uint8Array): Result<unknown, readonly Mistake[]> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return err([{ field: '', message: 'the message is no JSON in UTF-8' }]);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function mistakesOf(instance: object, at: string): Mistake[] {
  const mistakes = mistakesIn(validateSync(instance, { forbidUnknownValues: false }));
  return mistakes.map(({ field, message }) => ({ field: at === '' ? field : `${at}.${field}`, message }));
}

function missingIn(data: CallbackDataDto, type: CallbackType): Mistake[] {
  const missing = REQUIRED[type].filter((field) => data[field] === undefined || data[field] === null);
  const mistakes = missing.map((field) => ({ field: `data.${field}`, message: `${field} is missing` }));
  if (type === 'status_changed' && data.to === undefined && data.rawStatus === undefined) {
    mistakes.push({ field: 'data.to', message: 'to or rawStatus must be there' });
  }
  if (data.amount !== undefined && data.currency === undefined) {
    mistakes.push({ field: 'data.currency', message: 'currency is missing beside the amount' });
  }
  if (data.cost !== undefined && data.currency === undefined) {
    mistakes.push({ field: 'data.currency', message: 'currency is missing beside the cost' });
  }
  if (data.arrangement && planOf(data.arrangement) === null) {
    mistakes.push({ field: 'data.arrangement', message: 'instalments, amount, first and interval must be there, or a schedule' });
  }
  return mistakes;
}

const line = (text: string | null | undefined, limit = TEXT_MAX): string | null => {
  const cleaned = singleLine(text ?? '', limit);
  return cleaned === '' ? null : cleaned;
};

function toCallback(type: CallbackType, data: CallbackDataDto, raw: Readonly<Record<string, unknown>>, occurredAt: Date): Callback {
  return {
    type,
    caseId: data.caseId.toLowerCase(),
    sequence: data.sequence ?? null,
    occurredAt: occurredAt.toISOString(),
    agencyReference: line(data.agencyReference, 100),
    to: line(data.to, 100),
    rawStatus: line(data.rawStatus, 200),
    closeCode: data.closeCode ?? null,
    code: line(data.code ?? data.reasonCode, 60),
    text: line(data.reason ?? data.question ?? data.action ?? data.text),
    deadline: data.deadline ?? null,
    amount: data.amount ?? data.cost ?? null,
    currency: data.currency ?? null,
    receivedOn: data.receivedOn ?? null,
    invoice: line(data.invoice, 100),
    plan: data.arrangement ? planOf(data.arrangement) : null,
    settlement: data.settlement ? settlementOf(data.settlement) : null,
    ignored: withoutSay(raw),
    ibans: statedIbans(raw),
  };
}

function planOf({ instalments, amount, currency, first, interval, schedule }: ArrangementDto): PlanTerms | null {
  if (schedule) return { currency, schedule: schedule.map(({ dueDate, amount: each }) => ({ dueDate, amount: each })) };
  if (instalments === undefined || amount === undefined || first === undefined || interval === undefined) return null;
  return { instalments, amount, currency, first, interval };
}

/** A settlement as it was stated, with what is not said as null. */
export const settlementOf = ({ settlementId, currency, remitted, remittanceReference, lines }: SettlementDto): SettlementText => ({
  settlementId,
  currency,
  remitted,
  remittanceReference: line(remittanceReference, 140),
  lines: lines.map(({ caseId, ownInterestFrom, ...each }) => ({
    ...each,
    caseId: caseId?.toLowerCase() ?? null,
    ownInterestFrom: ownInterestFrom ?? null,
  })),
});
