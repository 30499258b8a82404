import type { EntityManager } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CheckDesk } from './check-desk.js';
import { type ToCheck, customersToCheck } from './customers-to-check.js';
import { type Looked, type Which, looksAt } from './looks-at.js';
import { LookupsRepository } from './lookups.repository.js';
import type { Register } from './registers/register.port.js';
import { type Asked, type CheckOutcome, judgeCustomer } from './rules/customer-check.js';
import { type Identity, identityOf } from './rules/identity.js';

/** Customers looked at in one night; the questions to registers have a limit of their own. */
const BATCH = 200;
/** After so many failures in a row a register is left alone until the next night. */
const FAILURES_MAX = 3;

export interface CheckFigures {
  readonly checked: number;
  readonly asked: number;
  readonly outcomes: Readonly<Partial<Record<CheckOutcome, number>>>;
}

/** Looks at customers: new ones, late ones, and those whose last look has run out. */
export class CustomerChecks {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly registers: readonly Register[],
  ) {}

  /**
   * The night's customers. Nobody is asked outside of live mode: then only the numbers are looked at. Run again it looks only at whom it did
   * not reach. A register that fails is a reason in the outcome, never a throw: the day goes on.
   */
  async run(administrationId: string, day: PlainDate): Promise<CheckFigures> {
    const night = new Night();
    const { isLive, customers } = await this.tenancy.within(administrationId, async (manager) => {
      const { mode } = await new LedgerRepository(manager).administration(administrationId);
      return { isLive: mode === 'live', customers: await customersToCheck(manager, administrationId, day, BATCH) };
    });
    for (const customer of customers) await this.check(administrationId, customer, isLive ? 'asks' : 'numbers-only', day, night);
    if (isLive) await this.tell(administrationId);
    return night.figures;
  }

  /** One customer now, also who is neither new nor late. Null: the administration has no such debtor, or is not live. */
  async runFor(administrationId: string, debtorId: string, day: PlainDate): Promise<Looked | null> {
    const isLive = await this.tenancy.within(administrationId, async (manager) => {
      const { mode } = await new LedgerRepository(manager).administration(administrationId);
      return mode === 'live' && (await manager.existsBy(DebtorEntity, { administrationId, id: debtorId }));
    });
    if (!isLive) return null;
    await this.check(administrationId, { id: debtorId, isNew: true }, 'asks', day, new Night());
    await this.tell(administrationId);
    const [looked] = await this.list(administrationId, { debtorId });
    return looked ?? null;
  }

  /** Names of the registers that are asked; none unless the operator set them up. */
  get asks(): string[] {
    return this.registers.map(({ name }) => name);
  }

  /** The last look at each, newest first. At most 200. */
  list(administrationId: string, which: Which = 'all'): Promise<Looked[]> {
    return this.tenancy.within(administrationId, (manager) => looksAt(manager, administrationId, which, BATCH));
  }

  /** Without a register nobody asked to be told: what is wrong with numbers is then in the list of looks. */
  private async tell(administrationId: string): Promise<void> {
    if (this.registers.length === 0) return;
    await this.tenancy.within(administrationId, (manager) => new CheckDesk(manager, administrationId).tellOfCaution(this.clock.now()));
  }

  private async check(
    administrationId: string,
    customer: ToCheck,
    how: 'asks' | 'numbers-only',
    day: PlainDate,
    night: Night,
  ): Promise<void> {
    const identity = await this.tenancy.within(administrationId, (manager) => identityIn(manager, administrationId, customer.id));
    if (!identity) return;
    const asked: Asked[] = [];
    for (const register of how === 'asks' ? this.registers : []) {
      const subject = register.subjectOf(identity);
      const answer = subject === null ? null : await this.answer(administrationId, register, subject, customer, day, night);
      if (answer) asked.push(answer);
    }
    const check = judgeCustomer(identity, asked, day);
    // What was not asked of anybody is looked at again as soon as it can be.
    const kept = how === 'asks' ? check : { ...check, validUntil: day };
    await this.tenancy.within(administrationId, (manager) =>
      new CheckDesk(manager, administrationId).conclude(customer.id, kept, asked, day, this.clock.now()),
    );
    night.saw(check.outcome);
  }

  /** The question is stored before it leaves, outside of any transaction while it is on its way, and its answer stored when it is there. */
  private async answer(
    administrationId: string,
    register: Register,
    subject: string,
    customer: ToCheck,
    day: PlainDate,
    night: Night,
  ): Promise<Asked | null> {
    const within = <T>(work: (lookups: LookupsRepository) => Promise<T>): Promise<T> =>
      this.tenancy.within(administrationId, (manager) => work(new LookupsRepository(manager, administrationId)));
    const ask = (register.cost === 0 || customer.isNew) && !night.leaves(register);
    const known = await within((lookups) => lookups.begin(register, subject, customer.id, day, this.clock.now(), ask));
    if (known?.state !== 'to-ask') return known ?? (night.leaves(register) ? night.left(register, day) : null);
    const result = await register.ask(subject);
    night.asked(register, result.ok);
    return within((lookups) => lookups.end(known, register, result, day, this.clock.now()));
  }
}

async function identityIn(manager: EntityManager, administrationId: string, debtorId: string): Promise<Identity | null> {
  const debtor = await manager.findOneBy(DebtorEntity, { administrationId, id: debtorId });
  return debtor && identityOf(debtor);
}

/** What one run does, and which registers it leaves alone by now. */
class Night {
  private readonly failures = new Map<string, number>();
  private readonly outcomes: Partial<Record<CheckOutcome, number>> = {};
  private checked = 0;
  private questions = 0;

  get figures(): CheckFigures {
    return { checked: this.checked, asked: this.questions, outcomes: { ...this.outcomes } };
  }

  asked({ name }: Register, isAnswered: boolean): void {
    this.questions++;
    this.failures.set(name, isAnswered ? 0 : (this.failures.get(name) ?? 0) + 1);
  }

  saw(outcome: CheckOutcome): void {
    this.checked++;
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
  }

  leaves({ name }: Register): boolean {
    return (this.failures.get(name) ?? 0) >= FAILURES_MAX;
  }

  left({ what, name }: Register, day: PlainDate): Asked {
    return { what, register: name, state: 'waits', why: 'failed', retryOn: addDays(day, 1) };
  }
}
