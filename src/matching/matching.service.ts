import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { batches } from '../kernel/batches.js';
import type { Clock } from '../kernel/clock.js';
import { sum } from '../kernel/money.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import { BankLineEntity } from '../ledger/bank.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { SAME_PAYMENT_DAYS } from '../ledger/rules/open-amount.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { AllocationsRepository } from './allocations.repository.js';
import { EvidenceRepository } from './evidence.repository.js';
import { MatchSettingsRepository } from './match-settings.repository.js';
import { dossierEntries } from './payment-log.js';
import { bookableAllocations } from './rules/booking.js';
import { matchStatements } from './rules/match.js';
import { mayPay } from './rules/may-pay.js';
import { respectUndone } from './rules/respect-undone.js';
import { returnsOfBooked } from './rules/returns-of-booked.js';
import type { MatchSettings } from './rules/settings.js';
import type { BankLine, Evidence, LineOutcome, PackagePayment } from './rules/vocabulary.js';
import { type StoredProposal, bankLines } from './stored-line.js';

export interface MatchFigures {
  /** Lines booked without a person. */
  readonly matched: number;
  /** Lines that wait for a person, of those looked at now for the first time. */
  readonly proposed: number;
  /** Receipts nobody can place yet, likewise. */
  readonly open: number;
}

/** New lines of one transaction, oldest first: many, because lines of one statement compete. */
const NEW_LINES = 20_000;
/** From so many new lines on the tables look different afterwards. */
const MANY_LINES = 1_000;
/** Lines that wait are looked at again each time: the invoice may have come since. Bounded, newest first. */
const LOOKED_AT_AGAIN = 5_000;
/** Rows written with one statement. */
const BATCH = 1_000;

/** The stage `match`: bank lines not placed yet against the book, all at once, and what is certain booked. */
export class MatchingService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Matches what is not matched yet, until no line is left that was never looked at; each round is one transaction. Run again it finds
   * nothing more, unless the book, the evidence or the settings changed.
   */
  async match(administrationId: string, day: PlainDate): Promise<MatchFigures> {
    const figures = { matched: 0, proposed: 0, open: 0 };
    for (;;) {
      const round = await this.tenancy.within(administrationId, (manager) =>
        new MatchRound(manager, administrationId, day, this.clock.now()).run(),
      );
      figures.matched += round.matched;
      figures.proposed += round.proposed;
      figures.open += round.open;
      if (round.newLines >= MANY_LINES) await this.tenancy.refreshStatistics();
      if (round.newLines < NEW_LINES) return figures;
    }
  }
}

/** One round of matching, in one unit of work. */
class MatchRound {
  private readonly ledger: LedgerRepository;
  private readonly allocations: AllocationsRepository;

  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
    private readonly day: PlainDate,
    private readonly now: Date,
  ) {
    this.ledger = new LedgerRepository(manager);
    this.allocations = new AllocationsRepository(manager, administrationId);
  }

  async run(): Promise<MatchFigures & { readonly newLines: number }> {
    await this.allocations.lock();
    const rows = await this.waiting();
    const unworked = new Set(rows.filter(({ outcome }) => outcome === 'unworked').map(({ id }) => id));
    const figures = { matched: 0, proposed: 0, open: 0, newLines: unworked.size };
    if (rows.length === 0) return figures;
    const settings = await new MatchSettingsRepository(this.manager, this.administrationId).settings();
    const learned = await new EvidenceRepository(this.manager, this.administrationId).forLines(
      rows.map(({ id }) => id),
      settings.confirmationsForIban,
    );
    const evidence = { ...learned, packagePayments: await this.packagePayments(rows) };
    const lines = await bankLines(this.manager, this.administrationId, rows);

    // Returns of what is booked come first: what they reopen can then be paid by the lines that follow.
    const returns = await this.returns(lines, evidence);
    const done = await this.store(returns, settings);
    const taken = new Set(returns.map(({ line }) => line.key));
    const rest = lines.filter(({ key }) => !taken.has(key));
    const book = await this.ledger.book(this.administrationId, this.day, null, 'left-out');
    const { outcomes } = matchStatements(book, rest, settings, evidence);
    done.push(
      ...(await this.store(
        outcomes.map((outcome) => respectUndone(outcome, evidence.undone)),
        settings,
      )),
    );
    for (const { id, outcome } of done) {
      if (outcome === 'matched') figures.matched++;
      else if (unworked.has(id) && outcome === 'proposed') figures.proposed++;
      else if (unworked.has(id) && outcome === 'unmatched') figures.open++;
    }
    return figures;
  }

  private async waiting(): Promise<BankLineEntity[]> {
    const { administrationId } = this;
    const fresh = await this.manager.find(BankLineEntity, {
      where: { administrationId, outcome: 'unworked' },
      order: { bookedOn: 'ASC', position: 'ASC', id: 'ASC' },
      take: NEW_LINES,
    });
    const again = await this.manager.find(BankLineEntity, {
      where: { administrationId, outcome: In(['proposed', 'unmatched']) },
      order: { bookedOn: 'DESC', position: 'DESC', id: 'DESC' },
      take: LOOKED_AT_AGAIN,
    });
    return [...fresh, ...again].sort((a, b) => compare(a.bookedOn, b.bookedOn) || a.position - b.position || compare(a.id, b.id));
  }

  /** What the bookkeeper booked in the package about when these lines were booked by the bank. */
  private async packagePayments(rows: readonly BankLineEntity[]): Promise<readonly PackagePayment[]> {
    const first = rows.reduce((day, { bookedOn }) => (bookedOn < day ? bookedOn : day), this.day);
    const payments = await this.ledger.bookedByHand(this.administrationId, addDays(first, -SAME_PAYMENT_DAYS));
    return payments.map(({ id, invoiceId, amount, settledOn }) => ({ id, invoiceId, amount, date: settledOn }));
  }

  private async returns(lines: readonly BankLine[], evidence: Evidence): Promise<readonly LineOutcome[]> {
    const out = lines.filter(({ amount }) => amount < 0);
    if (out.length === 0) return [];
    const candidates = (await this.manager.query(
      `SELECT line.id FROM bank_line line
        WHERE line.administration_id = $1 AND line.outcome = 'matched' AND line.amount > 0
          AND EXISTS (SELECT FROM unnest($2::bigint[]) AS back WHERE line.amount BETWEEN back - $3::bigint AND back)
          AND NOT EXISTS (SELECT FROM bank_line later WHERE later.administration_id = $1 AND later.return_of = line.id)
        ORDER BY line.booked_on DESC, line.id LIMIT ${LOOKED_AT_AGAIN}`,
      [this.administrationId, [...new Set(out.map(({ amount }) => -amount))], RETURN_FEE_MAX],
    )) as { id: string }[];
    const rows = await this.manager.findBy(BankLineEntity, {
      administrationId: this.administrationId,
      id: In(candidates.map(({ id }) => id)),
    });
    const parts = Map.groupBy(await this.allocations.ofLines(rows.map(({ id }) => id)), ({ bankLineId }) => bankLineId);
    const debtorOf = new Map(rows.map(({ id, debtorId }) => [id, debtorId]));
    const booked = (await bankLines(this.manager, this.administrationId, rows)).map((line) => ({
      line,
      debtorId: debtorOf.get(line.key) ?? null,
      parts: parts.get(line.key) ?? [],
    }));
    const { ibans } = await this.ledger.administration(this.administrationId);
    return returnsOfBooked(lines, booked, ibans, evidence.undone);
  }

  /** Writes outcomes down, books what is certain, and says in the dossiers what was booked. Gives what each line became. */
  private async store(
    outcomes: readonly LineOutcome[],
    settings: MatchSettings,
  ): Promise<{ id: string; outcome: LineOutcome['outcome'] }[]> {
    const debtorOf = await this.debtorsOf(outcomes);
    const stored = withReturns(outcomes.map((outcome) => storedOf(outcome, debtorOf, settings)));
    for (const batch of batches(stored, BATCH)) {
      await this.manager.query(
        `UPDATE bank_line SET outcome = made.outcome, debtor_id = made.debtor_id, confidence = made.confidence, because = made.because,
                              proposal = made.proposal, return_of = made.return_of,
                              decided_by = CASE bank_line.outcome WHEN made.outcome THEN bank_line.decided_by END,
                              decided_at = CASE bank_line.outcome WHEN made.outcome THEN bank_line.decided_at END,
                              decided_why = CASE bank_line.outcome WHEN made.outcome THEN bank_line.decided_why END
           FROM jsonb_to_recordset($2::jsonb) AS made (id uuid, outcome text, debtor_id text, confidence real, because text[], proposal jsonb,
                return_of uuid)
          WHERE bank_line.administration_id = $1 AND bank_line.id = made.id
            AND (bank_line.outcome, bank_line.debtor_id, bank_line.confidence, bank_line.because, bank_line.proposal, bank_line.return_of)
                IS DISTINCT FROM (made.outcome, made.debtor_id, made.confidence, made.because, made.proposal, made.return_of)`,
        [this.administrationId, JSON.stringify(batch)],
      );
    }
    const booked = outcomes.flatMap((outcome, at) => {
      const { outcome: kind, debtor_id: debtorId } = stored[at] as StoredOutcome;
      return kind === 'matched' ? [{ line: outcome.line, because: outcome.because, debtorId, parts: bookableAllocations(outcome) }] : [];
    });
    await this.allocations.book(
      booked.flatMap(({ line, parts }) => parts.map((part) => ({ ...part, bankLineId: line.key }))),
      { by: null, at: this.now },
    );
    await this.allocations.takenBack(
      stored.flatMap(({ return_of }) => return_of ?? []),
      this.now,
    );
    const entries = booked.flatMap(({ line, because, debtorId, parts }) =>
      dossierEntries(
        this.administrationId,
        this.now,
        {
          kind: line.amount > 0 ? 'payment-allocated' : 'payment-returned',
          line: { id: line.key, bookedOn: line.date ?? this.day, amount: line.amount, currency: line.currency },
          parts,
          restOf: line.amount > 0 ? debtorId : null,
          by: null,
          because,
        },
        debtorOf,
      ),
    );
    for (const batch of batches(entries, BATCH)) await this.ledger.appendToDossier([...batch]);
    return stored.map(({ id, outcome }) => ({ id, outcome }));
  }

  private async debtorsOf(outcomes: readonly LineOutcome[]): Promise<ReadonlyMap<string, string>> {
    const ids = outcomes.flatMap(({ allocations, alternatives }) =>
      [allocations, ...alternatives.map((one) => one.allocations)].flat().map(({ invoiceId }) => invoiceId),
    );
    const rows = (await this.manager.query(`SELECT id, debtor_id FROM invoice WHERE administration_id = $1 AND id = ANY ($2::text[])`, [
      this.administrationId,
      [...new Set(ids)],
    ])) as { id: string; debtor_id: string }[];
    return new Map(rows.map(({ id, debtor_id }) => [id, debtor_id]));
  }
}

/** A returned line may be larger than what it takes back by the fee of the bank (rules/returns.ts). */
const RETURN_FEE_MAX = 25_00;

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** A return is no surer than what it takes back: where that waits for a person, both wait. */
function withReturns(stored: readonly StoredOutcome[]): readonly StoredOutcome[] {
  const outcomeOf = new Map(stored.map(({ id, outcome }) => [id, outcome]));
  return stored.map((one) => {
    const original = one.return_of === null ? undefined : outcomeOf.get(one.return_of);
    return original === undefined || original === 'matched' ? one : { ...one, outcome: 'proposed' as const, return_of: null };
  });
}

interface StoredOutcome {
  readonly id: string;
  readonly outcome: LineOutcome['outcome'];
  readonly debtor_id: string | null;
  readonly confidence: number;
  readonly because: readonly string[];
  readonly proposal: StoredProposal;
  readonly return_of: string | null;
}

function storedOf(made: LineOutcome, debtorOf: ReadonlyMap<string, string>, settings: MatchSettings): StoredOutcome {
  const parts = bookableAllocations(made);
  const debtors = new Set(parts.map(({ invoiceId }) => debtorOf.get(invoiceId)));
  const left = made.line.amount - sum(parts.map(({ amount }) => amount));
  // What is left of a receipt for several debtors is nobody's: a person says whose.
  const isCertain = parts.length > 0 && !(debtors.size > 1 && left > 0);
  const outcome = made.outcome === 'matched' && !isCertain ? 'proposed' : made.outcome;
  const [first = null] = [...debtors];
  const debtorId = made.debtorId ?? (debtors.size === 1 ? (first ?? null) : null);
  return {
    id: made.line.key,
    outcome,
    debtor_id: debtorId,
    confidence: made.confidence,
    because: made.because,
    proposal: {
      allocations: made.allocations,
      debtorId: made.debtorId,
      remainder: made.remainder,
      returnOf: made.returnOf?.key ?? null,
      alternatives: made.alternatives,
      mayPay: outcome === 'proposed' ? mayPay(made, debtorOf, settings.proposeFrom) : [],
    },
    return_of: outcome === 'matched' && made.line.amount < 0 ? (made.returnOf?.key ?? null) : null,
  };
}
