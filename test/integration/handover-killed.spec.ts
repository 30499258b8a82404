import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agencies } from '../../src/handover/agencies.service.js';
import { EndpointClient } from '../../src/handover/endpoint.client.js';
import { WebhookAttemptEntity } from '../../src/handover/handover.entity.js';
import { KeyRings } from '../../src/handover/signing.js';
import { WebhookOutbox } from '../../src/handover/webhook-outbox.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { AgencySandbox } from '../../src/sandbox/agency/agency-sandbox.js';
import { Random } from '../../src/sandbox/random.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { fromSources } from '../support/from-sources.js';
import { administrationRow } from '../support/rows.js';

const POINTS = 10;
const CASES = 3;
const EVENTS = 12;
/** Longer than a lease. */
const LATER_MS = 310_000;
/** Another one each time; name it to see the same points again. */
const SEED = process.env['TEGOED_CRASH_SEED'] ?? String(Date.now() % 1_000_000);

const hasServer = process.env['TEGOED_TEST_DATABASE_URL'] !== undefined;
if (!hasServer) process.stderr.write('SKIPPED a killed delivery: the embedded database dies with its process (TEGOED_TEST_DATABASE_URL)\n');

(hasServer ? describe : describe.skip)(
  `events to an agency, their process killed at ${POINTS} random points (TEGOED_CRASH_SEED=${SEED})`,
  () => {
    const clock = new ManualClock(new Date('2026-11-23T08:15:30Z'));
    const agency = new AgencySandbox(() => Math.floor(clock.now().getTime() / 1000));
    const administration = administrationRow({ mode: 'live' });
    const random = new Random(SEED);
    let database: TestDatabase;
    let [origin, keyHex] = ['', ''];
    /** The ids as they were planned, by case. */
    const planned = new Map<string, string[]>();

    beforeAll(async () => {
      database = await testDatabase();
      origin = await agency.start();
      const key = randomBytes(32);
      keyHex = key.toString('hex');
      const policy = { allowedOrigins: [origin] };
      const agencies = new Agencies(database.tenancy, clock, new EndpointClient(policy), policy, new KeyRings(new Sealer(key)));
      await database.tenancy.within(administration.id, (manager) => manager.insert(AdministrationEntity, administration as never));
      const added = { name: 'Incasso Proef', kind: 'agency', segments: ['B2B'], registrations: [], url: `${origin}/hooks` } as const;
      const { id, secret } = await agencies.add(administration.id, added);
      agency.secrets = [secret];
      expect(await agencies.prove(administration.id, id)).toEqual({ proven: true, because: null });

      const streams = Array.from({ length: CASES }, () => randomUUID());
      for (let number = 0; number < EVENTS; number++) {
        const stream = streams[number % CASES] ?? '';
        const webhookId = await database.tenancy.within(administration.id, (manager) =>
          new WebhookOutbox(manager, administration.id).plan(id, stream, 'collection.case.updated', { number }, clock.now()),
        );
        planned.set(stream, [...(planned.get(stream) ?? []), webhookId]);
        clock.advance(1_000);
      }
    });

    afterAll(async () => {
      await agency.stop();
      await database?.close();
    });

    it('arrive once in effect, in the order of their case, and none is lost', async () => {
      for (let point = 0; point < POINTS; point++) {
        await killedAt(random.chance(0.5) ? { arrivals: random.int(1, 3) } : { milliseconds: random.int(0, 40) });
        clock.advance(LATER_MS);
      }
      const last = await started();
      for (let round = 0; round < EVENTS; round++) {
        await last.asked();
        clock.advance(LATER_MS);
      }
      await last.end();

      const taken = agency.cases.map(({ id }) => id);
      for (const ids of planned.values()) expect(taken.filter((id) => ids.includes(id))).toEqual(ids);
      expect(taken).toHaveLength(EVENTS);
      const effects = await database.tenancy.within(administration.id, (manager) =>
        manager.findBy(EffectEntity, { administrationId: administration.id, kind: 'webhook' }),
      );
      expect(effects.map(({ state }) => state)).toEqual(effects.map(() => 'done'));
      // Of some tries nobody knows what came of them: the kills did hit.
      const unknown = await database.tenancy.within(administration.id, (manager) =>
        manager.countBy(WebhookAttemptEntity, { administrationId: administration.id, outcome: 'begun' }),
      );
      expect(unknown).toBeGreaterThan(0);
    });

    /** Lets a process work and kills it when so many events have come in (before it is answered), or so long after it began. */
    async function killedAt(point: { readonly arrivals: number } | { readonly milliseconds: number }): Promise<void> {
      const { child, asked } = await started();
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      let left = 'arrivals' in point ? point.arrivals : Infinity;
      agency.onArrival = () => void (--left === 0 && child.kill('SIGKILL'));
      const timer = 'milliseconds' in point ? setTimeout(() => child.kill('SIGKILL'), point.milliseconds) : null;
      await Promise.race([gone, asked()]);
      if (timer !== null) clearTimeout(timer);
      agency.onArrival = () => undefined;
      child.kill('SIGKILL');
      await gone;
    }

    async function started() {
      const { url = '' } = database.dataSource.options as { url?: string };
      const args = fromSources('test/support/delivery-process.ts', url, keyHex, origin, administration.id);
      const child: ChildProcessWithoutNullStreams = spawn(process.execPath, args, { stdio: 'pipe' });
      child.stderr.on('data', (text: Buffer) => process.stderr.write(text));
      child.stdin.on('error', () => undefined);
      const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      expect((await answers.next()).value).toBe('ready');
      return {
        child,
        asked: async (): Promise<unknown> => {
          child.stdin.write(`${clock.now().getTime()}\n`);
          return (await answers.next()).value;
        },
        end: () =>
          new Promise<void>((resolve) => {
            child.once('exit', () => resolve());
            child.stdin.end();
          }),
      };
    }
  },
);
