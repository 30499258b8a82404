import { randomUUID } from 'node:crypto';
import { DayService, type DayReport } from '../../src/cycle/day.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { StatementEntity } from '../../src/ledger/bank.entity.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { addAccount } from '../../src/sandbox/exact-online/accounts.js';
import type { DivisionBooks } from '../../src/sandbox/exact-online/books.js';
import { ExactOnlineSandbox } from '../../src/sandbox/exact-online/exact-online-sandbox.js';
import { bookInvoice } from '../../src/sandbox/exact-online/receivables.js';
import type { EntryRow } from '../../src/sandbox/exact-online/records.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import { administrationRow } from './rows.js';
import { type RunningService, startService } from './running-service.js';

export const PUBLIC_URL = 'https://tegoed.example';
export const WEBHOOK_SECRET = 'a-webhook-secret-of-the-tests';
const TODAY = plainDate('2026-11-20');
const IBAN = 'NL02ABNA0123456789';
export const APP = {
  id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10',
  secret: 'a-secret-of-the-tests',
  redirectUris: [`${PUBLIC_URL}/console/consents/callback`],
  webhookSecret: WEBHOOK_SECRET,
};

/**
 * A firm that keeps its books in Exact Online, with one debtor whose invoice is ten days late on Friday 20 November 2026, and the real
 * service beside it. Statements are in; the clock stands still in the morning.
 */
export class ExactFirm {
  administrationId = '';

  private constructor(
    readonly clock: ManualClock,
    readonly sandbox: ExactOnlineSandbox,
    readonly books: DivisionBooks,
    readonly invoice: EntryRow,
    readonly mailbox: Mailbox,
    readonly house: RunningService,
  ) {}

  static async start(given: Partial<Settings> = {}): Promise<ExactFirm> {
    const clock = new ManualClock(new Date(`${TODAY}T05:00:00Z`));
    // Tokens and limits run by the real clock, as they do in the service.
    const sandbox = new ExactOnlineSandbox({ clock, wireClock: { now: () => new Date() } });
    const user = sandbox.addUser();
    const profile = { name: 'Parkiet Exact B.V.', customerName: 'Parkiet Exact B.V.', country: 'NL', currency: 'EUR', iban: IBAN } as const;
    const createdAt = new Date('2024-01-01T08:00:00Z');
    const books = sandbox.addDivision(profile, { users: [user], createdAt });
    const booked = new Date('2026-10-11T08:00:00Z');
    const account = addAccount(
      books,
      { Name: 'Bakkerij Proef B.V.', Email: 'facturen@proef.example', VATNumber: 'NL001234567B01' },
      booked,
    );
    const dueDate = addDays(TODAY, -10);
    const invoice = bookInvoice(books, { accountId: account.id, date: plainDate('2026-10-11'), dueDate, amount: 121_00 }, booked);
    sandbox.oauth.register(APP);
    sandbox.oauth.consent = { user };
    const { url } = await sandbox.start();
    const mailbox = new Mailbox();
    const port = await mailbox.start();
    const house = await startService(clock, {
      moneybirdUrl: 'http://127.0.0.1:9',
      exactOnlineUrl: url,
      smtpUrl: `smtp://127.0.0.1:${port}`,
      publicUrl: PUBLIC_URL,
      oauthClients: [{ package: 'exact-online', site: 'nl', id: APP.id, secret: APP.secret, webhookSecret: WEBHOOK_SECRET }],
      ...given,
    });
    sandbox.webhooks.route(PUBLIC_URL, house.url);
    return new ExactFirm(clock, sandbox, books, invoice, mailbox, house);
  }

  async stop(): Promise<void> {
    await this.house.stop();
    await this.mailbox.stop();
    await this.sandbox.stop();
  }

  /** Consent at the package and a connection, as a person makes them. */
  async connect(): Promise<void> {
    const { api } = this.house;
    const { url } = await api.post<{ url: string }>('/api/v1/consents', { package: 'exact-online', site: 'nl' });
    const answer = await fetch(url, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    const { consentId: consent } = await api.post<{ consentId: string }>('/api/v1/consents/finish', Object.fromEntries(back.searchParams));
    const { name, address, email, iban } = administrationRow().sender;
    const asked = { consent, administration: String(this.books.code), ibans: [IBAN], sender: { name, address, email, iban } };
    const { administrationId } = await api.post<{ administrationId: string }>('/api/v1/connections', asked);
    this.administrationId = administrationId;
    await this.change({ mode: 'live', policy: 'nl-business' });
    await this.statementThrough(addDays(TODAY, -1));
  }

  change(given: Partial<AdministrationEntity>): Promise<unknown> {
    const { administrationId: id } = this;
    return this.house.tenancy.within(id, (manager) => manager.update(AdministrationEntity, { id }, given as never));
  }

  administration(): Promise<AdministrationEntity> {
    const { administrationId: id } = this;
    return this.house.tenancy.within(id, (manager) => manager.findOneByOrFail(AdministrationEntity, { id }));
  }

  query<T>(sql: string): Promise<T[]> {
    return this.house.tenancy.within(this.administrationId, (manager) => manager.query(sql) as Promise<T[]>);
  }

  runDay(on: PlainDate = TODAY): Promise<DayReport | null> {
    return this.house.service.app.get(DayService).run(this.administrationId, on);
  }

  private async statementThrough(day: PlainDate): Promise<void> {
    const { administrationId, clock } = this;
    await this.house.tenancy.within(administrationId, (manager) =>
      manager.insert(StatementEntity, {
        ...{ administrationId, id: randomUUID(), fileName: 'statement', fileSha256: '', bankId: null, iban: IBAN, currency: 'EUR' },
        ...{ fromDate: null, throughDate: day, opening: null, closing: null, reconciles: null, contentHash: randomUUID() },
        importedAt: clock.now(),
      }),
    );
  }
}
