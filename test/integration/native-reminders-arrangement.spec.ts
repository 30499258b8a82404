import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { PushPlan } from '../../src/writeback/push-plan.service.js';
import { ALL_POSSIBLE } from '../support/capabilities.js';
import { type Company, DossierHouse } from '../support/dossier-house.js';

describe('an arrangement that breaks, with a package that can remind by itself', () => {
  let house: DossierHouse;
  let company: Company;

  beforeAll(async () => {
    house = await DossierHouse.start();
  });
  afterAll(() => house.stop());

  beforeEach(async () => {
    company = await house.company();
    await company.debtor('bakker');
    await company.invoice('a', 'bakker', { amount: 200_00, packageOpen: 200_00 });
  });

  const live = async (on: string): Promise<void> => {
    await company.goTo(plainDate(on));
    await company.runDay(plainDate(on));
  };
  const agree = (): Promise<unknown> =>
    company.done('POST', 'arrangements', {
      invoiceIds: ['a'],
      instalments: [
        { dueDate: '2026-11-27', amount: '100.00' },
        { dueDate: '2026-12-28', amount: '100.00' },
      ],
    });
  const subjects = (): string[] => company.mailsTo('bakker').map(({ subject }) => subject);
  const query = <T>(sql: string): Promise<T[]> => company.within((manager) => manager.query(sql) as Promise<T[]>);

  it('is told to the customer by a person while the package reminds; what was agreed was confirmed by us', async () => {
    await company.change({ remindedBy: 'package' });
    await agree();
    await live('2026-11-20');
    // Grace ended on Tuesday 1 December.
    await live('2026-12-02');
    expect(subjects()).toEqual(['Uw betalingsregeling voor factuur F-a']);
    const [judged] = (await company.entries('bakker')).filter(({ kind }) => kind === 'arrangement-judged');
    expect(judged?.body).toMatchObject({ to: 'broken', notice: { queued: false, because: 'package-reminds' } });

    await house.service.app.get(PushPlan).run(company.id, ALL_POSSIBLE);
    const told = await query<{ payload: { isToDo?: boolean; text: string } }>(
      `SELECT payload FROM effect WHERE kind = 'push' AND payload ->> 'isToDo' = 'true'`,
    );
    expect(told.map(({ payload }) => payload.text)).toEqual([
      expect.stringMatching(/niet bericht, omdat het pakket zelf herinnert: neem contact op/),
    ]);
  });

  it('is told by nobody twice when the package is to remind before our notice left', async () => {
    await agree();
    await live('2026-11-20');
    house.mailbox.fault = 'tempfail';
    try {
      await live('2026-12-02');
    } finally {
      house.mailbox.fault = null;
    }
    await company.change({ remindedBy: 'package' });
    await live('2026-12-03');
    expect(subjects()).toEqual(['Uw betalingsregeling voor factuur F-a']);
    expect((await company.entries('bakker')).at(-1)).toMatchObject({
      kind: 'confirmation-cancelled',
      body: { because: 'the package reminds its customers itself' },
    });
  });

  it('waits with our notice as long as the package still reminds of it', async () => {
    await company.change({ remindsPer: 'item' });
    await agree();
    await live('2026-11-20');
    await live('2026-12-02');
    expect(subjects()).toEqual(['Uw betalingsregeling voor factuur F-a']);
    const [waiting] = await query<{ last_error: string }>(`SELECT last_error FROM effect WHERE kind = 'mail' AND state = 'planned'`);
    expect(waiting?.last_error).toBe('the package itself still reminds of F-a');
    await query(`UPDATE invoice SET paused = true WHERE id = 'a'`);
    await live('2026-12-03');
    expect(subjects()).toHaveLength(2);
  });
});
