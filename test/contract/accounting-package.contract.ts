import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Minor } from '../../src/kernel/money.js';
import type { PlainDate } from '../../src/kernel/plain-date.js';
import {
  type AccountingPackage,
  PUSH_KINDS,
  PackageError,
  type PackageErrorKind,
  type PulledDebtor,
  type PulledItem,
  type PushEntry,
  type PushKind,
} from '../../src/adapters/accounting-package.port.js';
import { LedgerDouble } from './support/ledger-double.js';

/** What the package's own books say, told by the harness from the simulator's state and not through the adapter. */
export interface Truth {
  readonly debtors: readonly Omit<PulledDebtor, 'raw'>[];
  readonly items: readonly Omit<PulledItem, 'raw'>[];
}

/** What a pull after some work in the package has to bring, no more and no less. */
export interface Edited {
  readonly debtors: readonly string[];
  readonly items: readonly string[];
  readonly deletedDebtors: readonly string[];
  readonly deletedItems: readonly string[];
}

/**
 * What the suite needs to know of a package and its simulator. Everything but {@link connect} speaks to the simulator directly, so that
 * a misreading in the adapter shows.
 */
export interface PackageHarness {
  /** A simulator with several batches of everything in its books, fresh for each test. */
  start(): Promise<void>;
  stop(): Promise<void>;

  readonly administrationRef: string;
  /** Another administration on the same simulator that the consent does not cover. */
  readonly foreignAdministrationRef: string;
  /** The adapter on a good consent. Each call is another process: nothing is shared but the vendor's limits. */
  connect(): AccountingPackage;
  /** The adapter on a consent that lacks a right it needs to read items. */
  connectWithoutRight(): AccountingPackage;
  /** The adapter on a consent that was withdrawn. */
  connectWithdrawn(): AccountingPackage;

  truth(): Truth;
  /** A day's work of a person in the package: new, changed, paid, credited, archived, deleted. Some time passes before and after. */
  edit(): Edited;
  /** Changes an item in this very moment; the clock stands still. */
  touch(itemRef: string): void;

  /** An open invoice with nothing on it, and its debtor. */
  readonly openInvoice: { readonly ref: string; readonly debtorRef: string; readonly open: Minor; readonly currency: string };
  /** How many things in the package carry the marker. */
  countMarked(marker: string): number;
  /** A person registers a payment on the item in the package. */
  payByHand(itemRef: string, amount: Minor, on: PlainDate): void;
  pauseByHand(itemRef: string): void;
  isPaused(itemRef: string): boolean;
  openAmount(itemRef: string): Minor;

  /** A write to come (0: the next) is done, and the connection closed before its answer. */
  loseAnswerOfWrite(toCome: number): void;
  /** The connection of the next write is closed before anything is done. */
  loseNextWrite(): void;
  /** After the next write is done without an answer, nothing can be reached. */
  loseAnswerAndGoDown(): void;
  /** Every request fails until {@link recover}. */
  goDown(): void;
  /** Every request is refused for its frequency until {@link recover}. */
  refuseForFrequency(): void;
  recover(): void;

  /** Changing requests the simulator has seen. */
  writes(): number;
  /** What must never be seen outside the authorization header. */
  readonly secrets: readonly string[];
  /** Everything the adapter tells to others: recorded requests, logs. */
  told(): unknown;
  /** Where requests broke the vendor's own document; empty when there is none to hold them against. */
  violations(): readonly string[];
}

const ON = '2026-11-20' as PlainDate;

/** What any adapter owes the port. Runs against each of them. */
export function describeAccountingPackage(name: string, makeHarness: () => PackageHarness): void {
  describe(`${name} as accounting package`, () => {
    let harness: PackageHarness;
    let adapter: AccountingPackage;

    beforeEach(async () => {
      harness = makeHarness();
      await harness.start();
      adapter = harness.connect();
    });

    const stop = async (): Promise<void> => {
      expect(harness.violations()).toEqual([]);
      for (const secret of harness.secrets) expect(inspect(harness.told(), { depth: 20, maxArrayLength: null })).not.toContain(secret);
      await harness.stop();
    };
    const test = (title: string, body: () => Promise<void>): void =>
      it(title, async () => {
        try {
          await body();
        } finally {
          await stop();
        }
      });

    /** An entry of each kind, about the open invoice or its debtor. */
    const entryOf = (kind: PushKind, marker: string): PushEntry => {
      const { ref: item, debtorRef: debtor, open, currency } = harness.openInvoice;
      const base = { marker, on: ON };
      const text = `Tegoed: ${kind}`;
      if (kind === 'payment-match') return { ...base, kind, about: { item }, amount: Math.floor(open / 2), currency, paidOn: ON };
      if (kind === 'limit') return { ...base, kind, about: { debtor }, limit: 750_000, text };
      if (kind === 'hold') return { ...base, kind, about: { item }, action: 'pause', text };
      if (kind === 'credit-hold') return { ...base, kind, about: { debtor }, action: 'hold', text };
      return { ...base, kind, about: { item }, text } as PushEntry;
    };
    const push = (entry: PushEntry, by = adapter) => by.push(harness.administrationRef, entry);
    const pullInto = (ledger: LedgerDouble, by = adapter) => by.pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
    const possible = (kind: PushKind): boolean => adapter.capabilities()[kind] !== 'not-possible';

    describe('connecting', () => {
      test('lists the administrations of the consent, and no others', async () => {
        const refs = (await adapter.administrations()).map(({ ref }) => ref);
        expect(refs).toContain(harness.administrationRef);
        expect(refs).not.toContain(harness.foreignAdministrationRef);
      });

      test('finds every right it needs, and writes nothing to find out', async () => {
        const probe = await adapter.probe(harness.administrationRef);
        expect(probe.rights.length).toBeGreaterThan(0);
        expect(probe.rights.filter(({ granted }) => !granted)).toEqual([]);
        expect(harness.writes()).toBe(0);
      });

      test('says which right is missing', async () => {
        const probe = await harness.connectWithoutRight().probe(harness.administrationRef);
        const missing = probe.rights.filter(({ granted }) => !granted);
        expect(missing.length).toBeGreaterThan(0);
        for (const { message } of missing) expect(message).not.toBeNull();
      });
    });

    describe('pulling', () => {
      test('brings the book of the package', async () => {
        const ledger = new LedgerDouble();
        const { calls } = await pullInto(ledger);
        expect(ledger.book()).toEqual(sorted(harness.truth()));
        // Of what is settled nobody disputes anything, and people are told what it is about.
        const disputes = ledger.book().items.flatMap(({ open, dispute }) => (dispute ? [[open !== 0, dispute.text !== '']] : []));
        expect(disputes).toEqual(disputes.map(() => [true, true]));
        expect(ledger.batches).toBeGreaterThan(4);
        expect(calls).toBeGreaterThan(0);
      });

      test('brings nothing when nothing changed, and asks little', async () => {
        const ledger = new LedgerDouble();
        const first = await pullInto(ledger);
        ledger.forgetWhatCame();
        const again = await pullInto(ledger, harness.connect());
        expect(ledger.came()).toEqual({ debtors: [], items: [], deletedDebtors: [], deletedItems: [] });
        expect(again.calls).toBeLessThan(first.calls);
      });

      test('brings exactly what changed and what was deleted', async () => {
        const ledger = new LedgerDouble();
        await pullInto(ledger);
        // Twice: what the first day made is what the second one deletes.
        for (const _day of [1, 2]) {
          ledger.forgetWhatCame();
          const edited = harness.edit();
          await pullInto(ledger, harness.connect());
          expect(ledger.came()).toEqual({
            debtors: [...edited.debtors].sort(),
            items: [...edited.items].sort(),
            deletedDebtors: [...edited.deletedDebtors].sort(),
            deletedItems: [...edited.deletedItems].sort(),
          });
          expect(ledger.book()).toEqual(sorted(harness.truth()));
        }
      });

      test('misses no change made in the second in which the record was brought', async () => {
        const ledger = new LedgerDouble();
        const { ref } = harness.openInvoice;
        harness.touch(ref);
        await pullInto(ledger);
        harness.touch(ref);
        await pullInto(ledger);
        expect(ledger.book()).toEqual(sorted(harness.truth()));
      });

      test('goes on wherever it was broken off', async () => {
        const whole = new LedgerDouble();
        await pullInto(whole);
        for (let at = 1; at <= whole.batches; at++) {
          const ledger = new LedgerDouble();
          ledger.breakOffAt(at);
          await expect(pullInto(ledger, harness.connect())).rejects.toThrow('broken off');
          await pullInto(ledger, harness.connect());
          expect(ledger.book()).toEqual(whole.book());
        }
      });

      test('ends with the book although it was broken off and the package changed meanwhile', async () => {
        const whole = new LedgerDouble();
        await pullInto(whole);
        harness.edit();
        for (const at of [1, 2]) {
          const ledger = new LedgerDouble();
          ledger.breakOffAt(at);
          await expect(pullInto(ledger, harness.connect())).rejects.toThrow('broken off');
          harness.edit();
          await pullInto(ledger, harness.connect());
          expect(ledger.book()).toEqual(sorted(harness.truth()));
        }
      });

      test('leaves the ledger as it was when the package cannot be reached, and catches up later', async () => {
        const ledger = new LedgerDouble();
        harness.goDown();
        await expectKind(pullInto(ledger), 'unavailable');
        expect(ledger.batches).toBe(0);
        harness.recover();
        await pullInto(ledger);
        expect(ledger.book()).toEqual(sorted(harness.truth()));
      });
    });

    describe('pushing', () => {
      // Taking a payment back leaves nothing that could carry a marker.
      describe.each(PUSH_KINDS.filter((each) => each !== 'payment-undo'))('%s', (kind) => {
        test('is done once, however often it is pushed, or refused when it is not possible', async () => {
          const entry = entryOf(kind, 'AAAAAAAAA1');
          if (!possible(kind)) {
            await expectKind(push(entry), 'not-possible');
            return;
          }
          const first = await push(entry);
          expect(first.outcome).toBe('written');
          expect(harness.countMarked(entry.marker)).toBe(1);
          const writes = harness.writes();
          const again = await push(entry, harness.connect());
          expect(again).toMatchObject({ outcome: 'already-there', ref: first.ref });
          expect(harness.countMarked(entry.marker)).toBe(1);
          expect(harness.writes()).toBe(writes);
        });

        for (const toCome of [0, 1]) {
          test(`is there once when the answer of its write number ${toCome + 1} gets lost`, async () => {
            if (!possible(kind)) return;
            const entry = entryOf(kind, 'AAAAAAAAA2');
            harness.loseAnswerOfWrite(toCome);
            await push(entry);
            expect(harness.countMarked(entry.marker)).toBe(1);
            harness.recover();
            expect((await push(entry, harness.connect())).outcome).toBe('already-there');
            expect(harness.countMarked(entry.marker)).toBe(1);
          });
        }

        test('is there once when the request gets lost', async () => {
          if (!possible(kind)) return;
          const entry = entryOf(kind, 'AAAAAAAAA3');
          harness.loseNextWrite();
          expect((await push(entry)).outcome).toBe('written');
          expect(harness.countMarked(entry.marker)).toBe(1);
        });

        test('is uncertain when the answer gets lost and nobody can look, and still there once in the end', async () => {
          if (!possible(kind)) return;
          const entry = entryOf(kind, 'AAAAAAAAA4');
          harness.loseAnswerAndGoDown();
          await expectKind(push(entry), 'uncertain');
          harness.recover();
          await push(entry, harness.connect());
          expect(harness.countMarked(entry.marker)).toBe(1);
          expect((await push(entry)).outcome).toBe('already-there');
        });
      });

      test('keeps entries with different markers apart', async () => {
        await push(entryOf('note', 'AAAAAAAAA5'));
        await push(entryOf('note', 'AAAAAAAAA6'));
        expect([harness.countMarked('AAAAAAAAA5'), harness.countMarked('AAAAAAAAA6')]).toEqual([1, 1]);
      });

      test('takes a note about a debtor', async () => {
        const entry: PushEntry = {
          kind: 'note',
          marker: 'AAAAAAAAA7',
          on: ON,
          about: { debtor: harness.openInvoice.debtorRef },
          text: 'Gebeld',
        };
        expect((await push(entry)).outcome).toBe('written');
        expect((await push(entry)).outcome).toBe('already-there');
        expect(harness.countMarked(entry.marker)).toBe(1);
      });

      test('refuses what is about nothing there is', async () => {
        await expectKind(push({ kind: 'note', marker: 'AAAAAAAAA8', on: ON, about: { item: 'nothing' }, text: 'x' }), 'refused');
        expect(harness.writes()).toBe(0);
      });
    });

    describe('a payment that was matched', () => {
      const payment = (marker: string, amount: Minor): PushEntry => ({ ...entryOf('payment-match', marker), amount }) as PushEntry;

      test('takes its amount off the item, and comes back with its marker', async () => {
        if (!possible('payment-match')) return;
        const { ref, open } = harness.openInvoice;
        await push(payment('AAAAAAAAB1', open - 1));
        expect(harness.openAmount(ref)).toBe(1);
        const ledger = new LedgerDouble();
        await pullInto(ledger);
        const item = ledger.item(ref);
        expect(item.open).toBe(1);
        expect(item.settlements).toMatchObject([{ amount: open - 1, date: ON, kind: 'payment', marker: 'AAAAAAAAB1' }]);
      });

      test('is refused when it is more than is open', async () => {
        if (!possible('payment-match')) return;
        const { ref, open } = harness.openInvoice;
        await expectKind(push(payment('AAAAAAAAB2', open + 1)), 'refused');
        expect(harness.openAmount(ref)).toBe(open);
      });

      test('is there already when a person registered the same', async () => {
        if (!possible('payment-match')) return;
        const { ref, open } = harness.openInvoice;
        harness.payByHand(ref, open, ON);
        const result = await push(payment('AAAAAAAAB3', open));
        expect(result.outcome).toBe('already-there');
        expect(result.ref).not.toBeNull();
        expect(harness.countMarked('AAAAAAAAB3')).toBe(0);
        expect(harness.openAmount(ref)).toBe(0);
      });

      test('is registered beside an equal one of ours: both can be real', async () => {
        if (!possible('payment-match')) return;
        const { ref, open } = harness.openInvoice;
        const third = Math.floor(open / 3);
        await push(payment('AAAAAAAAB4', third));
        await push(payment('AAAAAAAAB5', third));
        expect(harness.openAmount(ref)).toBe(open - 2 * third);
      });
    });

    describe('a hold', () => {
      const hold = (marker: string, action: 'pause' | 'resume'): PushEntry => ({ ...entryOf('hold', marker), action }) as PushEntry;

      test('stops and starts the native reminders, where there are any', async () => {
        if (adapter.capabilities().hold !== 'native') return;
        const { ref } = harness.openInvoice;
        await push(hold('AAAAAAAAC1', 'pause'));
        expect(harness.isPaused(ref)).toBe(true);
        const ledger = new LedgerDouble();
        await pullInto(ledger);
        expect(ledger.item(ref).paused).toBe(true);
        await push(hold('AAAAAAAAC2', 'resume'));
        expect(harness.isPaused(ref)).toBe(false);
      });

      test('is done when a person did it before', async () => {
        if (adapter.capabilities().hold !== 'native') return;
        const { ref } = harness.openInvoice;
        harness.pauseByHand(ref);
        await push(hold('AAAAAAAAC3', 'pause'));
        expect(harness.isPaused(ref)).toBe(true);
      });

      test('is not put back after a person ended it, when the same push comes again', async () => {
        if (adapter.capabilities().hold !== 'native') return;
        const { ref } = harness.openInvoice;
        await push(hold('AAAAAAAAC4', 'pause'));
        await push(hold('AAAAAAAAC5', 'resume'));
        await push(hold('AAAAAAAAC4', 'pause'));
        expect(harness.isPaused(ref)).toBe(false);
      });
    });

    describe('what can go wrong', () => {
      const everything = (by: AccountingPackage): Promise<unknown>[] => [
        pullInto(new LedgerDouble(), by),
        push(entryOf('note', 'AAAAAAAAD1'), by),
      ];

      test('a consent that was withdrawn: the user has to connect again', async () => {
        const withdrawn = harness.connectWithdrawn();
        for (const attempt of [withdrawn.administrations(), ...everything(withdrawn)]) await expectKind(attempt, 'consent-lost');
      });

      test('a right that is missing is no lost consent, and is named', async () => {
        const error = await expectKind(pullInto(new LedgerDouble(), harness.connectWithoutRight()), 'no-right');
        expect(error.message).not.toBe('');
      });

      test('an administration of somebody else is not there', async () => {
        const ledger = new LedgerDouble();
        const foreign = adapter.pull(harness.foreignAdministrationRef, null, ledger.sink, ledger.memory);
        const error = await foreign.then(() => null).catch((cause: unknown) => cause);
        expect(error).toBeInstanceOf(PackageError);
        expect(['refused', 'no-right']).toContain((error as PackageError).kind);
      });

      test('an outage: nothing was done', async () => {
        harness.goDown();
        for (const attempt of everything(adapter)) await expectKind(attempt, 'unavailable');
        expect(harness.countMarked('AAAAAAAAD1')).toBe(0);
      });

      test('a refusal for the frequency: nothing was done, and when to come again', async () => {
        harness.refuseForFrequency();
        for (const attempt of everything(adapter)) expect((await expectKind(attempt, 'rate-limited')).retryAt).toBeInstanceOf(Date);
        expect(harness.countMarked('AAAAAAAAD1')).toBe(0);
      });
    });

    /** Rejected with a PackageError of that kind, which tells no secret. */
    async function expectKind(attempt: Promise<unknown>, kind: PackageErrorKind): Promise<PackageError> {
      const error = await attempt.then(() => null).catch((cause: unknown) => cause);
      if (!(error instanceof PackageError)) throw new Error(`expected a PackageError (${kind}), got ${inspect(error)}`);
      expect({ kind: error.kind, message: error.message }).toEqual({ kind, message: error.message });
      for (const secret of harness.secrets) expect(inspect(error, { depth: 20 })).not.toContain(secret);
      return error;
    }
  });
}

/** Both sides in one order. */
function sorted(truth: Truth): Truth {
  const byRef = (a: { ref: string }, b: { ref: string }): number => (a.ref < b.ref ? -1 : 1);
  return { debtors: [...truth.debtors].sort(byRef), items: [...truth.items].sort(byRef) };
}
