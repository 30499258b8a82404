import type { Packages } from '../adapters/packages.js';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { ConnectionEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { type StatementFacts, whyNotPlanned } from './rules/statement-push.js';

/** How many statements are told of, the latest. */
const SHOWN = 50;

export interface StatementSettingView {
  /** The package that takes statements from us; null: this administration has none that does. */
  readonly package: string | null;
  /** Statements imported from this moment on are sent to the package; null: none is. */
  readonly from: Date | null;
  /** What became of the latest imported since then. */
  readonly statements: readonly {
    readonly id: string;
    readonly iban: string;
    readonly through: PlainDate;
    /** Of the outbox; `not-planned`: it does not go, or not yet. */
    readonly state: string;
    readonly because: string | null;
  }[];
}

/** Whether the bank statements of an administration go to its bookkeeping package, and which did. Off until somebody chooses it. */
export class StatementSetting {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly packages: Packages,
  ) {}

  async of(administrationId: string): Promise<StatementSettingView> {
    const accounting = await this.packages.of(administrationId);
    const taker = accounting?.takesStatements === true ? accounting.name : null;
    return this.tenancy.within(administrationId, async (manager) => {
      const connection = await manager.findOneBy(ConnectionEntity, { administrationId });
      const from = connection?.statementsFrom ?? null;
      const rows = (await manager.query(
        `SELECT statement.id, statement.iban, statement.through_date::text AS through, effect.state, effect.last_error AS error, statement.message,
                statement.reconciles, statement.superseded_by IS NOT NULL AS superseded, statement.page, statement.last_page AS last,
                statement.opening_interim OR statement.closing_interim AS interim
           FROM statement
           LEFT JOIN effect ON effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'statementId'
                           AND effect.payload ->> 'statementId' = statement.id::text
          WHERE statement.administration_id = $1 AND (statement.imported_at >= $2 OR effect.id IS NOT NULL)
            AND statement.message IN ('camt.053', 'mt940')
          ORDER BY statement.imported_at DESC, statement.through_date DESC, statement.id LIMIT ${SHOWN}`,
        [administrationId, from],
      )) as (StatementFacts & { id: string; iban: string; through: PlainDate; state: string | null; error: string | null })[];
      const statements = rows.map(({ id, iban, through, state, error, ...facts }) => ({
        ...{ id, iban, through, state: state ?? 'not-planned' },
        because: state === null ? whyNotPlanned(facts) : error,
      }));
      return { package: taker, from, statements };
    });
  }

  /**
   * Has statements sent from now on, or no longer; what was planned and did not go yet stays here then. Throws {@link InputError}
   * `not-connected`, and `takes-no-statements` where the package has no inbox for them.
   */
  async set(administrationId: string, on: boolean): Promise<StatementSettingView> {
    const accounting = await this.packages.of(administrationId);
    if (accounting === null) throw new InputError('not-connected', 'this administration is connected to no package');
    if (on && accounting.takesStatements !== true) {
      throw new InputError('takes-no-statements', `${accounting.name} takes no bank statements from others`);
    }
    const now = this.clock.now();
    await this.tenancy.within(administrationId, async (manager) => {
      await manager.query(
        'UPDATE connection SET statements_from = CASE WHEN $2 THEN COALESCE(statements_from, $3::timestamptz) END WHERE administration_id = $1',
        [administrationId, on, now],
      );
      if (!on) await new OutboxRepository(manager, administrationId).cancelPlanned('push', ['statementId'], 'switched off', now);
    });
    return this.of(administrationId);
  }
}
