import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Mailer } from '../../src/correspondence/mailer.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { BankLineEntity, StatementEntity } from '../../src/ledger/bank.entity.js';
import { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';

/** Mails are judged in batches, and what happens with a debtor while those before his go out counts. */

let house: DossierHouse;
let company: Company;
/** What happens while a mail is being sent, once. */
let meanwhile: (() => Promise<void>) | null = null;

beforeAll(async () => {
  house = await DossierHouse.start();
  const mailer = house.service.app.get(Mailer);
  const send = mailer.send.bind(mailer);
  mailer.send = async (mail) => {
    const happens = meanwhile;
    meanwhile = null;
    await happens?.();
    return send(mail);
  };
});
afterAll(() => house.stop());

beforeEach(async () => {
  company = await house.company();
  for (const id of ['een', 'twee', 'drie']) await company.invoice(`i-${id}`, await company.debtor(id));
});

const got = (): number[] => ['een', 'twee', 'drie'].map((id) => company.mailsTo(id).length);

describe('a mail that was judged', () => {
  it('goes when nothing happened', async () => {
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 1, 1]);
  });

  it('does not go to who paid since', async () => {
    // The first is at the door already; the others stand behind it.
    meanwhile = async () => {
      for (const id of ['een', 'twee', 'drie']) await company.pay(`i-${id}`, 121_00, TODAY);
    };
    await company.runDay(TODAY);
    expect(got().reduce((sum, count) => sum + count, 0)).toBe(1);
    expect((await company.effects('mail')).map(({ state }) => state).sort()).toEqual(['cancelled', 'cancelled', 'done']);
  });

  it('does not go to who objected since', async () => {
    meanwhile = async () => {
      for (const id of ['een', 'twee', 'drie']) await company.done('POST', 'disputes', { invoiceId: `i-${id}`, code: 'PRICE' });
    };
    await company.runDay(TODAY);
    // The confirmations of the disputes are no reminders.
    const reminders = ['een', 'twee', 'drie']
      .flatMap((id) => company.mailsTo(id))
      .filter(({ subject }) => subject.startsWith('Herinnering'));
    expect(reminders).toHaveLength(1);
  });

  const oneOfThree = async (): Promise<void> => {
    await company.runDay(TODAY);
    expect(got().reduce((sum, count) => sum + count, 0)).toBe(1);
  };
  const each = async (happens: (id: string) => Promise<unknown>): Promise<void> => {
    for (const id of ['een', 'twee', 'drie']) await happens(id);
  };
  const inDebtor = (id: string, change: object): Promise<unknown> =>
    company.within((manager) => manager.update(DebtorEntity, { administrationId: company.id, id }, change));

  it('does not go to who paid since, though another invoice of the same amount came', async () => {
    meanwhile = () =>
      each(async (id) => {
        await company.pay(`i-${id}`, 121_00, TODAY);
        await company.invoice(`n-${id}`, id, { dueDate: plainDate('2026-12-20'), issueDate: TODAY });
      });
    await oneOfThree();
  });

  it('does not ask for what has another term since', async () => {
    meanwhile = () =>
      each((id) =>
        company.within((manager) =>
          manager.update(InvoiceEntity, { administrationId: company.id, id: `i-${id}` }, { dueDate: plainDate('2026-12-10') }),
        ),
      );
    await oneOfThree();
  });

  it('does not go to an address that is no longer his, and goes to the new one', async () => {
    meanwhile = () => each((id) => inDebtor(id, { emails: [company.addressOf(`nieuw-${id}`)] }));
    await oneOfThree();
    const anew = ['een', 'twee', 'drie'].map((id) => company.mailsTo(`nieuw-${id}`).length);
    expect(anew.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('does not go to who is insolvent since by the word of the package', async () => {
    meanwhile = () => each((id) => inDebtor(id, { holds: [{ kind: 'insolvency', from: TODAY, until: null }] }));
    await oneOfThree();
  });

  it('does not go beside the package, when it was said meanwhile that the package reminds', async () => {
    meanwhile = () => company.change({ remindedBy: 'package' });
    await oneOfThree();
    const ended = (await company.acts()).filter(({ state }) => state === 'cancelled').map(({ endedBecause }) => endedBecause);
    expect(ended).toEqual(['the package reminds its customers itself', 'the package reminds its customers itself']);
  });

  it('does not go while a booking of the bank waits that may be his', async () => {
    const { id: statementId } = await company.within((manager) =>
      manager.findOneByOrFail(StatementEntity, { administrationId: company.id }),
    );
    meanwhile = () =>
      each((id) =>
        company.within((manager) =>
          manager.insert(BankLineEntity, {
            ...{ administrationId: company.id, id: randomUUID(), statementId, identity: `line/${id}`, position: 1, bookedOn: TODAY },
            ...{ amount: 121_00, currency: 'EUR', description: 'paid', detail: {}, outcome: 'proposed', debtorId: id, because: [] },
          } as never),
        ),
      );
    await oneOfThree();
  });

  it('is judged anew and goes when what happened changes nothing of it', async () => {
    meanwhile = () => company.done('POST', 'calls', { debtorId: 'twee', outcome: 'not-reached' }).then(() => undefined);
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 1, 1]);
  });
});
