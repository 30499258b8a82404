import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DayService } from '../../src/cycle/day.service.js';
import { PackageCopies } from '../../src/handover/documents/package-copies.service.js';
import { DocumentRepository } from '../../src/handover/documents/document.repository.js';
import { keepSentLetters } from '../../src/handover/documents/sent-letters.js';
import { digests } from '../../src/handover/digests.js';
import { DebtorDocumentEntity } from '../../src/handover/handover.entity.js';
import { InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { sentLetter } from '../../src/correspondence/sent-letter.js';
import { type Firm, connectFirm, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';
import { DossierHouse, TODAY } from '../support/dossier-house.js';

/** Evidence nobody has to upload: copies out of the package, and the letters as they went. */

describe('copies out of the package', () => {
  let firm: Firm;
  let house: RunningService;
  let administrationId: string;
  let invoices: InvoiceEntity[];

  beforeAll(async () => {
    firm = await startFirm({ seed: 'copies', debtors: 6, invoices: 30, from: plainDate('2026-11-18'), unbookedDays: 0 });
    house = await startService(firm.clock, { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}` });
    const path = await connectFirm(house.api, firm, firm.today);
    administrationId = path.split('/').at(-1) ?? '';
    await house.service.app.get(DayService).run(administrationId, firm.today);
    invoices = await house.tenancy.within(administrationId, (manager) =>
      manager.find(InvoiceEntity, { where: { administrationId, kind: 'invoice' }, order: { id: 'ASC' } }),
    );
  });
  afterAll(async () => {
    await house.stop();
    await firm.stop();
  });

  const documents = () =>
    house.tenancy.within(administrationId, (manager) =>
      manager.find(DebtorDocumentEntity, { where: { administrationId }, order: { fileName: 'ASC' } }),
    );

  it('are brought once, of the invoices that are asked for; one that was taken out does not come back', async () => {
    const copies = house.service.app.get(PackageCopies);
    const [first, second] = invoices.filter(({ id }) => id.startsWith('sales_invoices:'));
    const wanted = { actId: null, invoiceIds: [first!.id, second!.id] };
    expect(await copies.bring(administrationId, wanted)).toEqual({ kept: 2, missing: [] });
    const kept = await documents();
    expect(kept.map(({ origin, kind, mediaType, invoiceId }) => [origin, kind, mediaType, invoiceId]).sort()).toEqual(
      [first!.id, second!.id].map((id) => ['package', 'INVOICE', 'application/pdf', id]).sort(),
    );
    expect(await copies.bring(administrationId, wanted)).toEqual({ kept: 0, missing: [] });
    await house.tenancy.within(administrationId, (manager) =>
      new DocumentRepository(manager, administrationId).remove(kept[0]!.id, firm.clock.now()),
    );
    expect(await copies.bring(administrationId, wanted)).toEqual({ kept: 0, missing: [] });
    expect(await documents()).toHaveLength(2);
  });

  it('that cannot be had are told with why, and hold nothing up', async () => {
    const [, , third] = invoices.filter(({ id }) => id.startsWith('sales_invoices:'));
    const wanted = { actId: null, invoiceIds: [third!.id] };
    const impatient = new PackageCopies(
      house.tenancy,
      firm.clock,
      { of: async () => ({ invoiceCopy: () => new Promise(() => undefined) }) as never },
      50,
    );
    expect(await impatient.bring(administrationId, wanted)).toEqual({
      kept: 0,
      missing: [{ number: third!.number, because: 'the package did not give it in time' }],
    });
    const gives = (content: string) =>
      new PackageCopies(house.tenancy, firm.clock, {
        of: async () =>
          ({ invoiceCopy: async () => ({ fileName: 'x.pdf', base64: Buffer.from(content, 'latin1').toString('base64') }) }) as never,
      });
    const { missing } = await gives('PK\x03\x04 not an invoice').bring(administrationId, wanted);
    expect(missing[0]?.because).toContain('a zip archive');
    expect(await documents()).toHaveLength(2);
  });
});

describe('letters as they went', () => {
  let house: DossierHouse;
  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());

  it('are kept as they stand in the outbox, once, under the hash the dossier names', async () => {
    const company = await house.company();
    const debtorId = await company.debtor(`d-${randomUUID()}`);
    const [late, other] = [
      await company.invoice('late', debtorId),
      await company.invoice('other', debtorId, { dueDate: plainDate('2026-12-31') }),
    ];
    await company.runDay(TODAY);
    const [contact] = await company.contacts(debtorId);
    expect(company.mailsTo(debtorId)).toHaveLength(1);
    const keep = (invoiceIds: string[]) =>
      company.within((manager) => keepSentLetters(manager, company.id, { debtorId, invoiceIds }, house.clock.now()));
    expect((await keep([other])).size).toBe(0);
    const hashes = await keep([late, other]);
    expect(await keep([late])).toEqual(hashes);
    const kept = await company.within((manager) => new DocumentRepository(manager, company.id).list(debtorId));
    const letter = await sentLetter(house.tenancy, company.id, contact?.id ?? '');
    expect(kept).toMatchObject([
      {
        kind: 'REMINDER',
        origin: 'sent',
        mediaType: 'application/pdf',
        invoiceId: late,
        sha256: digests.sha256(letter?.content ?? ''),
        removedAt: null,
      },
    ]);
    expect([...hashes]).toEqual([[contact?.id, kept[0]?.sha256]]);
    expect(kept[0]?.fileName).toMatch(/^2026-11-20-[\w-]+\.pdf$/);
  });
});
