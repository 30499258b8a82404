import { LineCounter, type Node, parseDocument } from 'yaml';
import { InputError } from '../../kernel/errors.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { CHANNELS, type Channel } from '../../ledger/rules/book.js';
import type { CostClause, Law } from '../../law/rules/law.js';
import { CONDITIONS, type Condition, type ConditionArgs, type ConditionCode, conditionType } from './conditions.js';
import { CREDIT_STEP_NAMES } from './decide-credit.js';
import { parseCredit } from './parse-credit.js';
import type { Delay, Policy, QuietPeriod, StatementRule, Step, Track } from './policy.js';
import { CHARGES, STEP_KINDS, TONES, TRIGGERS, isCourtesy, isInternal } from './policy.js';
import { type Illegal, illegalities } from './policy-legality.js';
import { type Source, YamlFields, refuseAt } from './yaml-fields.js';

export interface PolicyReading {
  readonly law: Law;
  /** The day the policy is to be used on: costs are checked against the tables of that day. */
  readonly on: PlainDate;
  /** Reads a policy that another one includes, by the name it uses. */
  readonly include: (name: string) => Policy;
}

/**
 * Reads a policy file (config/policies/README.md describes the format). Throws {@link InputError} with line and column: `invalid-yaml`,
 * `invalid-policy` for whatever is missing, misspelt or contradicts itself, `illegal-policy` with the article for what the law forbids.
 */
export function parsePolicy(text: string, file: string, reading: PolicyReading): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const source: Source = { file, lines, document };
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new InputError('invalid-yaml', `${file}:${line}:${col}: ${error.message.split('\n')[0]}`, { file, line, column: col });
  }
  const fields = new YamlFields(source, document.contents as Node | null, '');
  const name = fields.text('name');
  const version = fields.required('version', () => fields.integer('version', 0, 1));
  fields.optionalText('description');
  const freshness = parseFreshness(fields.fields('freshness'));
  const dailyCap = parseDailyCap(fields.fields('dailyCap'));
  const included = fields.list('include');
  const tracks = included
    ? included.flatMap(({ node, path }) => reading.include(fields.asText(node, path)).tracks)
    : [parseTrack(source, fields, name, reading)];
  fields.done();
  return { name, version, freshness, dailyCap, tracks };
}

function parseFreshness(fields: YamlFields | null): Policy['freshness'] {
  const limits = {
    pullBankingDays: fields?.integer('pullBankingDays', 1) ?? 1,
    statementBankingDays: fields?.integer('statementBankingDays', 1, 1) ?? 1,
  };
  if (limits.pullBankingDays > MOST_STALE || limits.statementBankingDays > MOST_STALE) {
    fields?.refuse(`allows data older than ${MOST_STALE} banking days; nothing may go out on that`);
  }
  fields?.done();
  return limits;
}

/** The freshness guard of collection-rules.md §6.1. */
const MOST_STALE = 2;

function parseDailyCap(fields: YamlFields | null): Policy['dailyCap'] {
  const cap = (channel: Channel): number | null => {
    const most = fields?.integer(channel, -1) ?? -1;
    return most < 0 ? null : most;
  };
  const caps = { email: cap('email'), letter: cap('letter'), phone: cap('phone') };
  fields?.done();
  return caps;
}

/** What a policy says when it says nothing: gentle. */
const DEFAULTS = {
  minimumAmount: 10_00,
  minimumGap: { days: 3, unit: 'working' },
  bundleFromDaysOverdue: 3,
  languages: { NL: 'nl', BE: 'nl', FR: 'fr', LU: 'fr' },
  graceBankingDays: 2,
  brokenMax: 2,
  afterDisputeDays: 5,
  afterResentInvoiceDays: 14,
  handoverFromDaysOverdue: 30,
} as const;

function parseTrack(source: Source, fields: YamlFields, name: string, reading: PolicyReading): Track {
  const audience = parseConditions(source, fields, 'audience');
  for (const { code } of audience) {
    if (conditionType(code).scope !== 'debtor')
      fields.refuse(`uses "${code}", which changes with amounts and days: only a step may use it`, 'audience');
  }
  const exclude = fields.fields('exclude');
  const promises = fields.fields('promises');
  const arrangements = fields.fields('arrangements');
  const resume = fields.fields('resume');
  const handover = fields.fields('handover');
  const terms = fields.fields('terms');
  const languages = fields.fields('languages');
  const items = fields.list('steps');
  if (!items || items.length === 0) fields.refuse('has no steps', 'steps');
  const positions = new Map<string, YamlFields>();
  const steps = (items ?? []).flatMap(({ node, path }) => {
    const own = new YamlFields(source, node, path);
    const step = parseStep(source, own);
    if (positions.has(step.step)) own.refuse(`is "${step.step}", which is there twice`, 'step');
    positions.set(step.step, own);
    const enabled = own.flag('enabled', true);
    own.done();
    return enabled ? [step] : [];
  });
  const track: Track = {
    name,
    audience,
    exclude: { debtors: exclude?.texts('debtors') ?? [], segments: exclude?.texts('segments') ?? [] },
    minimumAmount: fields.amount('minimumAmount') ?? DEFAULTS.minimumAmount,
    minimumGap:
      fields.optional('minimumGap', (node, path) => parseDelay(source, fields.asText(node, path), node, path, 1)) ?? DEFAULTS.minimumGap,
    bundleFromDaysOverdue: fields.integer('bundleFromDaysOverdue', DEFAULTS.bundleFromDaysOverdue, 1),
    quietDays: fields.list('quietDays')?.map(({ node, path }) => parseQuiet(source, fields.asText(node, path), node, path)) ?? [],
    approvalFrom: fields.amount('approvalFrom'),
    languages: languages ? Object.fromEntries(languages.names().map((country) => [country, languages.text(country)])) : DEFAULTS.languages,
    promises: {
      graceBankingDays: promises?.integer('graceBankingDays', DEFAULTS.graceBankingDays) ?? DEFAULTS.graceBankingDays,
      brokenMax: promises?.integer('brokenMax', DEFAULTS.brokenMax, 1) ?? DEFAULTS.brokenMax,
    },
    arrangements: { graceBankingDays: arrangements?.integer('graceBankingDays', DEFAULTS.graceBankingDays) ?? DEFAULTS.graceBankingDays },
    resume: {
      afterDisputeDays: resume?.integer('afterDisputeDays', DEFAULTS.afterDisputeDays) ?? DEFAULTS.afterDisputeDays,
      afterResentInvoiceDays: resume?.integer('afterResentInvoiceDays', DEFAULTS.afterResentInvoiceDays) ?? DEFAULTS.afterResentInvoiceDays,
    },
    handoverFromDaysOverdue: handover?.integer('fromDaysOverdue', DEFAULTS.handoverFromDaysOverdue) ?? DEFAULTS.handoverFromDaysOverdue,
    clause: terms?.optional('clause', (node, path) => parseClause(source, node, path)) ?? null,
    termAgreed: terms?.flag('agreed', false) ?? false,
    statement: parseStatement(fields.fields('statement')),
    credit: parseCredit(fields.fields('credit'), (node, path) => new YamlFields(source, node, path)),
    steps,
  };
  for (const part of [exclude, promises, arrangements, resume, handover, terms, languages]) part?.done();
  if (track.statement && positions.has(track.statement.step))
    fields.refuse(`has the name of a step: "${track.statement.step}"`, 'statement');
  for (const step of CREDIT_STEP_NAMES) positions.get(step)?.refuse(`is "${step}", a name the watch over credit has taken`, 'step');
  checkOrder(track.steps, positions);
  refuseIllegal(illegalities(track, reading.law, reading.on), positions, terms, fields);
  return track;
}

function parseStep(source: Source, fields: YamlFields): Step {
  const kind = fields.oneOf('kind', STEP_KINDS);
  const delay = (name: string, least: number): Delay | null =>
    fields.optional(name, (node, path) => parseDelay(source, fields.asText(node, path), node, path, least));
  const step: Step = {
    step: fields.text('step'),
    kind,
    trigger: fields.optional('trigger', () => fields.oneOf('trigger', TRIGGERS)),
    afterDue: delay('afterDue', -60),
    afterPrevious: delay('afterPrevious', 0),
    when: parseConditions(source, fields, 'when'),
    channels: fields.manyOf('channels', CHANNELS) ?? (kind === 'call' ? ['phone'] : []),
    tone: fields.oneOfOr('tone', TONES, 'neutral'),
    template: fields.optionalText('template') ?? kind,
    term: delay('term', 1),
    costs: fields.oneOfOr('costs', CHARGES, 'none'),
    interest: fields.oneOfOr('interest', CHARGES, 'none'),
    minimumAmount: fields.amount('minimumAmount') ?? 0,
    approval: fields.flag('approval', isInternal(kind)),
  };
  checkStep(step, fields);
  return step;
}

/** What makes no sense in a step, whoever it is for. */
function checkStep(step: Step, fields: YamlFields): void {
  const internal = isInternal(step.kind);
  if (internal !== (step.channels.length === 0)) {
    fields.refuse(internal ? 'goes to a person in the house and has no channel' : 'needs at least one channel', 'channels');
  }
  if (step.kind === 'call' ? step.channels.some((channel) => channel !== 'phone') : step.channels.includes('phone')) {
    fields.refuse('a call goes by phone, and only a call does', 'channels');
  }
  if (step.trigger === null && step.afterDue === null && step.afterPrevious === null)
    fields.refuse('needs afterDue, afterPrevious or a trigger');
  if (step.trigger !== null && step.afterDue !== null) fields.refuse('is set off by its trigger, not by the due date', 'afterDue');
  if (step.trigger !== null && internal) fields.refuse('is for messages: handover and review come in the order', 'trigger');
  if (
    step.afterDue &&
    step.afterDue.days < 0 &&
    (!isCourtesy(step) || step.costs !== 'none' || step.interest !== 'none' || step.afterPrevious !== null)
  ) {
    fields.refuse('comes before the due date: only a reminder without charges may', 'afterDue');
  }
  if ((step.kind === 'demand' || step.kind === 'notice-of-default') && step.term === null) fields.refuse('needs a term: the day to pay by');
  if (step.kind === 'propose-handover' && !step.approval)
    fields.refuse('cannot be switched off: a handover needs the approval of a person', 'approval');
}

/** Courtesies come first. */
function checkOrder(steps: readonly Step[], positions: ReadonlyMap<string, YamlFields>): void {
  let due = false;
  for (const step of steps.filter(({ trigger }) => trigger === null)) {
    if (due && isCourtesy(step)) positions.get(step.step)?.refuse('comes before the due date, after a step that does not', 'afterDue');
    due ||= !isCourtesy(step);
  }
}

function refuseIllegal(
  found: readonly Illegal[],
  positions: ReadonlyMap<string, YamlFields>,
  terms: YamlFields | null,
  whole: YamlFields,
): void {
  const [first] = found;
  if (!first) return;
  const fields = first.step === null ? (terms ?? whole) : (positions.get(first.step) ?? whole);
  fields.refuse(`is not allowed for ${first.forWhom}: ${first.message} [${first.article}]`, first.field, 'illegal-policy');
}

function parseConditions(source: Source, fields: YamlFields, name: string): Condition[] {
  return (fields.list(name) ?? []).map(({ node, path }) => {
    const own = new YamlFields(source, node, path);
    const [code, ...more] = own.names();
    if (code === undefined || more.length > 0) own.refuse('must be one condition');
    if (!Object.hasOwn(CONDITIONS, code as string)) own.refuse(`is no condition; known are: ${Object.keys(CONDITIONS).join(', ')}`, code);
    const args = own.fields(code as string);
    const parsed = parseArgs(own, args, code as ConditionCode);
    args?.done();
    own.done();
    return { code: code as ConditionCode, args: parsed };
  });
}

function parseArgs(condition: YamlFields, args: YamlFields | null, code: ConditionCode): ConditionArgs {
  const wanted = Object.entries(conditionType(code).args);
  if (!args && wanted.length > 0) condition.refuse(`needs ${wanted.map(([name]) => `"${name}"`).join(', ')}`, code);
  return Object.fromEntries(
    wanted.map(([name, type]) => {
      if (type.type === 'amount') return [name, args?.amount(name) ?? condition.refuse(`needs "${name}"`, code)];
      if (type.type === 'days') return [name, args?.required(name, () => args.integer(name, 0)) ?? 0];
      const many = type.type === 'texts' ? args?.texts(name) : args?.manyOf(name, type.values);
      return [name, many && many.length > 0 ? many : condition.refuse(`needs "${name}"`, code)];
    }),
  );
}

const DELAY = /^(-?\d{1,3}) (working )?days?$/;

/** `4 days`, `3 working days`, `-5 days`. */
function parseDelay(source: Source, text: string, node: Node, path: string, least: number): Delay {
  const match = DELAY.exec(text);
  if (!match) return refuseAt(source, node, path, `is "${text}", expected for example "4 days" or "3 working days"`);
  const days = Number(match[1]);
  if (days < least) return refuseAt(source, node, path, `is ${days} days, expected at least ${least}`);
  return { days, unit: match[2] ? 'working' : 'calendar' };
}

const QUIET = /^((?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\.\.((?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$/;

/** `12-24..01-02`. */
function parseQuiet(source: Source, text: string, node: Node, path: string): QuietPeriod {
  const match = QUIET.exec(text);
  if (!match?.[1] || !match[2]) return refuseAt(source, node, path, `is "${text}", expected for example "12-24..01-02"`);
  return { from: match[1], to: match[2] };
}

/** `none`, `statutory-maximum`, or a tariff `{ percent, minimum, maximum }`. */
function parseClause(source: Source, node: Node, path: string): CostClause | null {
  if ('value' in node) {
    if (node.value === 'none') return null;
    if (node.value === 'statutory-maximum') return { kind: 'statutory-maximum' };
  }
  const fields = new YamlFields(source, node, path);
  const basisPoints = fields.amount('percent') ?? 0;
  const clause: CostClause = { kind: 'tariff', basisPoints, minimum: fields.amount('minimum') ?? 0, maximum: fields.amount('maximum') };
  fields.done();
  return clause;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

function parseStatement(fields: YamlFields | null): StatementRule | null {
  if (!fields) return null;
  const enabled = fields.flag('enabled', true);
  const rule: StatementRule = {
    step: fields.optionalText('step') ?? 'statement',
    weekday: WEEKDAYS.indexOf(fields.oneOf('weekday', WEEKDAYS)) + 1,
    fromDaysOverdue: fields.integer('fromDaysOverdue', 14, 1),
    minimumItems: fields.integer('minimumItems', 2, 1),
    channels: fields.manyOf('channels', ['email', 'letter']) ?? ['email'],
    template: fields.optionalText('template') ?? 'statement',
    tone: fields.oneOfOr('tone', TONES, 'neutral'),
  };
  fields.done();
  return enabled ? rule : null;
}
