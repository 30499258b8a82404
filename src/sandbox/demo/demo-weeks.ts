import { MailEffects } from '../../correspondence/mail-effects.service.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Service } from '../../service.js';
import type { RunningClock } from '../running-clock.js';
import type { ApiClient } from './api-client.js';
import type { DemoAgency } from './demo-agency.js';
import type { DemoCompany } from './demo-company.js';
import { type HandoverFigures, HandoverDesk } from './demo-handovers.js';
import { writeLeftovers } from './demo-leftovers.js';

/** What was handed over, as it is printed. */
export interface HandoverSummary {
  readonly to: PlainDate;
  readonly cases: readonly HandoverFigures[];
}

/** Who takes part in the weeks. */
export interface WeeksTogether {
  readonly api: ApiClient;
  readonly url: string;
  readonly service: Service;
  readonly clock: RunningClock;
  readonly company: DemoCompany;
  readonly agency: DemoAgency;
  readonly origin: string;
  readonly progress: (what: string) => void;
}

/** Days of a week on which the company is looked at: Tuesday and Friday. */
const LOOKED_AT: readonly number[] = [2, 5];

/**
 * Lives weeks of a company and its agency after the demo's days (`from` … `to`): the lists of those days are worked off, what nobody paid is proposed for handover, its owner approves, the agency
 * collects and tells, and what it collected arrives at the company's bank.
 */
export async function handOver(
  together: WeeksTogether,
  { from, to, weeks }: { readonly from: PlainDate; readonly to: PlainDate; readonly weeks: number },
): Promise<HandoverSummary> {
  const { api, url, service, clock, company, agency, origin, progress } = together;
  const { administrationId } = company;
  await agency.join(api, url, { origin, administrationId });
  const desk = new HandoverDesk(api, company.path);
  let today = to;
  for (let day = from; day <= to; day = addDays(day, 1)) await desk.workOn(day);
  for (let week = 1; week <= weeks; week++) {
    let approved = 0;
    for (let looks = 0; looks < LOOKED_AT.length; looks++) {
      today = nextLook(today);
      await company.liveOnAfter(today);
      await writeLeftovers(company, today, { service, clock });
      approved += await desk.workOn(today);
      // What was approved goes out between the days.
      await service.app.get(MailEffects).run(administrationId, today);
      await agency.liveOn(service, company.books.world);
      await desk.answerAll();
    }
    progress(`${today}: ${approved} handed over in a week, ${agency.cases.filter(({ ended }) => !ended).length} at the agency`);
  }
  // What the last look made is written into the package too.
  await company.goOnWith(today);
  await writeLeftovers(company, today, { service, clock });
  return { to: today, cases: await desk.figures() };
}

function nextLook(after: PlainDate): PlainDate {
  const day = addDays(after, 1);
  return LOOKED_AT.includes(new Date(`${day}T12:00:00Z`).getUTCDay()) ? day : nextLook(day);
}
