import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Mailer } from '../../src/correspondence/mailer.js';
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

  it('is judged anew and goes when what happened changes nothing of it', async () => {
    meanwhile = () => company.done('POST', 'calls', { debtorId: 'twee', outcome: 'not-reached' }).then(() => undefined);
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 1, 1]);
  });
});
