import type { PlainDate } from '../../kernel/plain-date.js';
import { Tenancy } from '../../platform/database/tenancy.js';
import { EffectEntity } from '../../platform/outbox/effect.entity.js';
import type { Service } from '../../service.js';
import type { RunningClock } from '../running-clock.js';
import type { DemoCompany } from './demo-company.js';
import { skip } from './start-demo.js';

/** Longer than the windows in which packages count calls: a day may have used one up. */
export const LATER_MS = 10 * 60_000;
const LATER_AT_MOST = 10;

/** What a package's limit of calls left for later goes out later that morning, as it does between the days of a service. */
export async function writeLeftovers(company: DemoCompany, day: PlainDate, { service, clock }: { service: Service; clock: RunningClock }) {
  const { administrationId } = company;
  for (let tries = 0; tries < LATER_AT_MOST; tries++) {
    const waits = await service.app
      .get(Tenancy)
      .within(administrationId, (manager) => manager.existsBy(EffectEntity, { administrationId, kind: 'push', state: 'planned' }));
    if (!waits) return;
    await skip(clock)(LATER_MS);
    await company.goOnWith(day);
  }
}
