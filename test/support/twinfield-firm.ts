import { Packages } from '../../src/adapters/packages.js';
import { ManualClock, systemClock } from '../../src/kernel/clock.js';
import { AdministrationEntity, type Mode } from '../../src/ledger/administration.entity.js';
import type { OfficeBooks } from '../../src/sandbox/twinfield/books.js';
import { RunningClock } from '../../src/sandbox/running-clock.js';
import { TwinfieldSandbox } from '../../src/sandbox/twinfield/twinfield-sandbox.js';
import { PushEffects, type PushFigures } from '../../src/writeback/push-effects.service.js';
import { PushPlan } from '../../src/writeback/push-plan.service.js';
import { administrationRow } from './rows.js';
import { type RunningService, startService } from './running-service.js';

const PUBLIC_URL = 'https://tegoed.example';
const APP = { id: 'tegoed-tests', secret: 'a-secret-of-the-tests', redirectUris: [`${PUBLIC_URL}/console/consents/callback`] };

/** One office of the firm, and our administration of it. */
export interface FirmOffice {
  readonly books: OfficeBooks;
  readonly administrationId: string;
}

/** A firm of offices in one organisation of Twinfield, under one consent, and the real service beside it. */
export class TwinfieldFirm {
  private count = 0;

  private constructor(
    readonly clock: ManualClock,
    readonly sandbox: TwinfieldSandbox,
    private readonly organisation: ReturnType<TwinfieldSandbox['addOrganisation']>,
    readonly house: RunningService,
    private readonly consent: string,
  ) {}

  static async start(): Promise<TwinfieldFirm> {
    const clock = new ManualClock(new Date('2026-11-20T05:00:00Z'));
    // Tokens and credits run by the real clock, as they do in the service; waiting for the next minute of credits moves it and takes no time.
    const wire = new RunningClock(systemClock);
    const sleep = async (milliseconds: number): Promise<void> => wire.set(new Date(wire.now().getTime() + milliseconds));
    const sandbox = new TwinfieldSandbox({ clock, wireClock: wire });
    const organisation = sandbox.addOrganisation();
    const user = sandbox.addUser(organisation);
    sandbox.oidc.register({ ...APP, certified: true });
    sandbox.oidc.consent = { user };
    const { url } = await sandbox.start();
    const house = await startService(
      clock,
      {
        ...{ moneybirdUrl: 'http://127.0.0.1:9', smtpUrl: 'smtp://127.0.0.1:9', twinfieldUrl: url, publicUrl: PUBLIC_URL },
        ...{ twinfieldCertified: true, oauthClients: [{ package: 'twinfield', site: 'main', id: APP.id, secret: APP.secret }] },
      },
      { clock: wire, sleep },
    );
    const asked = await house.api.post<{ url: string }>('/api/v1/consents', { package: 'twinfield', site: 'main' });
    const back = new URL((await fetch(asked.url, { redirect: 'manual' })).headers.get('location') ?? '');
    const { consentId } = await house.api.post<{ consentId: string }>('/api/v1/consents/finish', Object.fromEntries(back.searchParams));
    return new TwinfieldFirm(clock, sandbox, organisation, house, consentId);
  }

  /** One more office, whose bank book is of this account, and our administration of it, which is live. */
  async open(iban: string): Promise<FirmOffice> {
    const { organisation, consent, house } = this;
    const code = `KD${String(++this.count).padStart(2, '0')}`;
    const books = this.sandbox.addOffice(organisation, code, { name: `Kantoor ${code}`, iban });
    const { name, address, email, iban: own } = administrationRow().sender;
    const asked = { consent, administration: `${organisation.code}/${code}`, ibans: [iban], sender: { name, address, email, iban: own } };
    const { administrationId } = await house.api.post<{ administrationId: string }>('/api/v1/connections', asked);
    await this.change({ books, administrationId }, { mode: 'live' });
    return { books, administrationId };
  }

  async stop(): Promise<void> {
    await this.house.stop();
    await this.sandbox.stop();
  }

  change({ administrationId: id }: FirmOffice, given: { readonly mode?: Mode; readonly ibans?: string[] }): Promise<unknown> {
    return this.house.tenancy.within(id, (manager) => manager.update(AdministrationEntity, { id }, given));
  }

  /** What the day does with the package once there is something to write. */
  async push({ administrationId }: FirmOffice): Promise<PushFigures> {
    const { app } = this.house.service;
    const accounting = await app.get(Packages, { strict: false }).of(administrationId);
    if (accounting === null) throw new Error('the office is not connected');
    await app.get(PushPlan, { strict: false }).run(administrationId, accounting.capabilities());
    return app.get(PushEffects, { strict: false }).run(administrationId, accounting);
  }
}
