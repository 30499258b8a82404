import { WebhookDeliveries } from '../../handover/webhook-deliveries.service.js';
import { type Minor, parseAmount } from '../../kernel/money.js';
import { type PlainDate, plainDate } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import type { Service } from '../../service.js';
import type { AgencyCase, Fate } from '../agency/agency-case.js';
import { AgencyDesk } from '../agency/agency-desk.js';
import { AgencySandbox } from '../agency/agency-sandbox.js';
import { CreditorLine } from '../agency/creditor-line.js';
import type { SandboxWorld } from '../company/world.js';
import type { RunningClock } from '../running-clock.js';
import type { ApiClient } from './api-client.js';

const NAME = 'Incassobureau De Proef';
const IBAN = 'NL02ABNA0123456789';
/** The fates of its cases, one after the other. */
const FATES: readonly Fate[] = ['pays', 'pays-in-parts', 'asks-first', 'disputes', 'cannot-pay'];

/** The agency of the demo: it takes dossiers in, collects, tells what it does and passes on what it got. */
export class DemoAgency {
  readonly sandbox: AgencySandbox;
  private joined: { readonly desk: AgencyDesk; readonly line: CreditorLine; readonly administrationId: string } | null = null;

  constructor(private readonly clock: RunningClock) {
    this.sandbox = new AgencySandbox(() => Math.floor(clock.now().getTime() / 1000));
  }

  /** What it has of the company. Empty before it has joined. */
  get cases(): readonly AgencyCase[] {
    return [...(this.joined?.desk.cases.values() ?? [])];
  }

  /** What it told, and what it was answered. */
  get told(): CreditorLine['told'] {
    return this.joined?.line.told ?? [];
  }

  /** Becomes the agency of a company: over the API, as its owner would set it up. */
  async join(api: ApiClient, url: string, { origin, administrationId }: { readonly origin: string; readonly administrationId: string }) {
    const path = `/api/v1/administrations/${administrationId}/agencies`;
    const { id, secret } = await api.post<{ id: string; secret: string }>(path, {
      name: NAME,
      kind: 'agency',
      segments: ['B2B', 'B2C'],
      registrations: [{ country: 'NL', number: '2026-0001', verifiedOn: plainDate('2026-10-01') }],
      url: `${origin}/dossiers`,
    });
    this.sandbox.secrets = [secret];
    const { proven, because } = await api.post<{ proven: boolean; because: string | null }>(`${path}/${id}/test`);
    if (!proven) throw new Error(`the agency did not prove itself: ${because}`);
    const callback = await api.post<{ secret: string }>(`${path}/${id}/callback-key`, {});
    const line = new CreditorLine({ url: `${url}/callbacks/agencies/${id}`, secret: callback.secret }, () => this.clock.now());
    let count = 0;
    const desk = new AgencyDesk(
      line,
      () => FATES[count++ % FATES.length] as Fate,
      () => this.today,
    );
    this.sandbox.onTaken = (type, data) => desk.hear(type, data);
    this.joined = { desk, line, administrationId };
  }

  /** A day at the agency: what the company sent comes in, what is due is done, and money it collected goes on its way. */
  async liveOn(service: Service, world: SandboxWorld): Promise<void> {
    if (!this.joined) return;
    const { desk, line, administrationId } = this.joined;
    await service.app.get(WebhookDeliveries).run(administrationId);
    const heard = line.told.length;
    await desk.live();
    for (const { type, data } of line.told.slice(heard)) {
      if (type !== 'agency.case.settlement_issued') continue;
      const { remitted, remittanceReference } = data['settlement'] as { remitted: string; remittanceReference: string };
      world.remit({ from: { name: NAME, iban: IBAN }, amount: minor(remitted), text: remittanceReference });
    }
  }

  private get today(): PlainDate {
    return plainDate(this.clock.now().toISOString().slice(0, 10));
  }
}

const minor = (text: string): Minor => unwrap(parseAmount(text));
