import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PushPlan } from '../../src/writeback/push-plan.service.js';
import { type PlainDate, plainDate } from '../../src/kernel/plain-date.js';
import { ALL_POSSIBLE } from '../support/capabilities.js';
import { type Company, DossierHouse } from '../support/dossier-house.js';

const day = (text: string): PlainDate => plainDate(text);

describe('agreements are judged by themselves, each day, once', () => {
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
    await company.goTo(day(on));
    await company.runDay(day(on));
  };
  const judgements = async (): Promise<string[]> =>
    (await company.entries('bakker'))
      .filter(({ kind }) => kind.endsWith('-judged'))
      .map(({ body }) => `${String(body['from'])} → ${String(body['to'])}`);
  const subjects = (): string[] => company.mailsTo('bakker').map(({ subject }) => subject);
  const state = async (): Promise<string | undefined> =>
    (await company.done<{ promises: { state: string }[] }>('GET', 'debtors/bakker')).promises[0]?.state;

  describe('a promise for Friday 27 November, grace until Tuesday 1 December', () => {
    beforeEach(async () => {
      await company.done('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-11-27', amount: '200.00' });
    });

    it('is kept when all came in time', async () => {
      await company.pay('a', 200_00, day('2026-11-27'));
      await live('2026-11-30');
      await live('2026-12-02');
      expect([await judgements(), await state()]).toEqual([['open → kept'], 'kept']);
    });

    it('is broken when nothing came, and late when it comes after all; each is noted once', async () => {
      await live('2026-12-01');
      expect(await judgements()).toEqual([]);
      await live('2026-12-02');
      await live('2026-12-03');
      expect(await judgements()).toEqual(['open → broken']);
      expect(await company.standing('a')).toBe('act:broken-promise');
      await company.pay('a', 200_00, day('2026-12-04'));
      await live('2026-12-07');
      await live('2026-12-08');
      expect([await judgements(), await state()]).toEqual([['open → broken', 'broken → late'], 'late']);
    });

    it('is short when a part came', async () => {
      await company.pay('a', 50_00, day('2026-11-27'));
      await live('2026-12-02');
      expect(await judgements()).toEqual(['open → short']);
    });

    it('is not judged on stale figures', async () => {
      await company.goTo(day('2026-12-07'), false);
      await company.runDay(day('2026-12-07'));
      expect([await judgements(), await state()]).toEqual([[], 'open']);
    });

    it('that was withdrawn is not judged', async () => {
      const [promise] = (await company.done<{ promises: { id: string }[] }>('GET', 'debtors/bakker')).promises;
      await company.done('POST', `promises/${promise?.id}/withdraw`, { reason: 'vergissing' });
      await live('2026-12-02');
      expect([await judgements(), await state()]).toEqual([[], 'withdrawn']);
    });
  });

  it('gives no further pause after two broken promises, and does not say so to the debtor', async () => {
    for (const [made, due, over] of [
      ['2026-11-20', '2026-11-20', '2026-11-25'],
      ['2026-11-25', '2026-11-25', '2026-11-30'],
    ] as const) {
      await company.goTo(day(made));
      await company.done('POST', 'promises', { invoiceIds: ['a'], dueDate: due });
      await live(over);
    }
    expect(await judgements()).toEqual(['open → broken', 'open → broken']);
    const third = await company.done<{ pauses: boolean }>('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-12-04' });
    expect(third.pauses).toBe(false);
    expect(await company.standing('a')).not.toBe('promise');
    await live('2026-12-01');
    const confirmation = company.mailsTo('bakker').at(-1);
    expect(confirmation?.subject).toBe('Uw toezegging voor factuur F-a');
    expect(confirmation?.text).not.toContain('herinneringen');
  });

  describe('an arrangement of two instalments', () => {
    beforeEach(async () => {
      await company.done('POST', 'arrangements', {
        invoiceIds: ['a'],
        instalments: [
          { dueDate: '2026-11-27', amount: '100.00' },
          { dueDate: '2026-12-28', amount: '100.00' },
        ],
      });
    });

    it('is confirmed with its instalments and asks for nothing else', async () => {
      await live('2026-11-20');
      const [mail] = company.mailsTo('bakker');
      expect(mail?.subject).toBe('Uw betalingsregeling voor factuur F-a');
      expect(mail?.text).toMatch(/27 november 2026\s+€ 100,00\n28 december 2026\s+€ 100,00/);
      expect(mail?.text).not.toContain('200,00');
      expect(mail?.text).not.toMatch(/kosten|rente|aanmaning|gebreke/i);
    });

    it('broken: the debtor gets notice first, once; then dunning resumes where it was', async () => {
      await live('2026-11-20');
      await live('2026-12-01');
      expect(await company.standing('a')).toBe('arrangement');
      // Grace ended on Tuesday 1 December.
      await live('2026-12-02');
      expect(await judgements()).toEqual(['running → broken']);
      expect(subjects()).toEqual(['Uw betalingsregeling voor factuur F-a', 'Een termijn van uw betalingsregeling ontbreekt: factuur F-a']);
      // One message per contact moment: nothing else was begun that day, nor inside the gap of two working days.
      expect(await company.acts()).toEqual([]);
      await live('2026-12-03');
      expect(await company.acts()).toEqual([]);
      await live('2026-12-04');
      expect((await company.acts()).map(({ step, state: stateOfAct }) => [step, stateOfAct])).toEqual([
        ['broken-arrangement', 'awaiting-approval'],
      ]);
      await live('2026-12-07');
      expect([await judgements(), subjects().length]).toEqual([['running → broken'], 2]);
    });

    it('broken: no notice goes out when the instalment comes in before it is sent', async () => {
      await live('2026-11-20');
      house.mailbox.fault = 'tempfail';
      try {
        await live('2026-12-02');
      } finally {
        house.mailbox.fault = null;
      }
      await company.pay('a', 100_00, day('2026-12-02'));
      await live('2026-12-03');
      expect(subjects()).toEqual(['Uw betalingsregeling voor factuur F-a']);
      expect(await judgements()).toEqual(['running → broken', 'broken → running']);
      expect((await company.entries('bakker')).at(-1)?.kind).toBe('confirmation-cancelled');
    });

    it('kept to the end: each instalment is noted, and nobody is asked for anything', async () => {
      await company.pay('a', 100_00, day('2026-11-26'));
      await live('2026-11-27');
      await company.pay('a', 100_00, day('2026-12-28'));
      await live('2026-12-29');
      const { arrangements } = await company.done<{ arrangements: { state: string; instalments: { state: string }[] }[] }>(
        'GET',
        'debtors/bakker',
      );
      expect(arrangements[0]?.instalments.map((each) => each.state)).toEqual(['kept', 'kept']);
      await live('2027-01-04');
      const after = await company.done<{ arrangements: { state: string }[] }>('GET', 'debtors/bakker');
      expect(after.arrangements[0]?.state).toBe('completed');
      expect(await company.acts()).toEqual([]);
    });
  });

  describe('a confirmation', () => {
    it('goes out once, keeps the peace between contacts, and is in the dossier', async () => {
      await company.invoice('b', 'bakker');
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE', amount: '20.00' });
      await live('2026-11-20');
      await live('2026-11-20');
      expect(subjects()).toEqual(['Uw bezwaar tegen factuur F-a']);
      const text = (company.mailsTo('bakker')[0]?.text ?? '').replace(/\s+/g, ' ');
      expect(text).toContain('niet eens bent met € 20,00 van factuur F-a. Uiterlijk op 4 december 2026 hebt u ons antwoord.');
      expect(await company.acts()).toEqual([]);
      expect(await company.standing('b')).toBe('waiting');
      expect((await company.entries('bakker')).map(({ kind }) => kind)).toEqual(['dispute-opened', 'confirmation-sent']);
      expect((await company.contacts('bakker')).map(({ step, invoiceIds }) => [step, invoiceIds])).toEqual([
        ['confirmation/dispute-noted', []],
      ]);
      await live('2026-11-24');
      expect((await company.acts()).map(({ step }) => step)).toEqual(['friendly-reminder']);
    });

    it('does not go out for what no longer is so', async () => {
      const { id } = await company.done<{ id: string }>('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      await company.done('POST', `disputes/${id}/resolve`, { outcome: 'WITHDRAWN' });
      await live('2026-11-20');
      expect(subjects()).toEqual(['Uw bezwaar tegen factuur F-a is afgehandeld']);
    });

    it('that waited for a week does not go out any more', async () => {
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      await company.change({ mode: 'shadow' });
      await live('2026-11-23');
      await company.change({ mode: 'live' });
      await live('2026-11-30');
      expect(subjects()).toEqual([]);
      expect((await company.effects('mail')).map(({ state: of }) => of)).toEqual(['cancelled']);
    });

    it('that may have gone out is shown to a person and not repeated', async () => {
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      house.mailbox.fault = 'drop';
      try {
        await live('2026-11-20');
      } finally {
        house.mailbox.fault = null;
      }
      await live('2026-11-23');
      expect(subjects()).toHaveLength(1);
      expect((await company.effects('mail')).map(({ state: of }) => of)).toEqual(['uncertain']);
      expect((await company.entries('bakker')).at(-1)?.kind).toBe('confirmation-uncertain');
    });

    it.each([
      ['fr', 'Votre contestation : facture F-a', 'vous contestez'],
      ['en', 'Your objection to invoice F-a', 'you do not agree with'],
      ['de', 'Uw bezwaar tegen factuur F-a', 'u het niet eens bent'],
    ])('is written in the language of the debtor where there is one: %s', async (language, subject, words) => {
      await company.done('PATCH', 'debtors/bakker', { language });
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      await live('2026-11-20');
      const [mail] = company.mailsTo('bakker');
      expect(mail?.subject).toBe(subject);
      expect(mail?.text.replace(/\s+/g, ' ')).toContain(words);
    });
  });

  describe('the package', () => {
    const told = async (): Promise<string[]> => {
      await house.service.app.get(PushPlan, { strict: false }).run(company.id, ALL_POSSIBLE);
      await house.service.app.get(PushPlan, { strict: false }).run(company.id, ALL_POSSIBLE);
      return (await company.effects('push')).map(({ payload }) => {
        const { kind, about, text } = payload as { kind: string; about: { item?: string; debtor?: string }; text: string };
        return `${kind} ${about.item ?? about.debtor}: ${text}`;
      });
    };

    it('is told of what was agreed and what became of it, once, while live', async () => {
      const dispute = await company.done<{ id: string }>('POST', 'disputes', { invoiceId: 'a', code: 'PRICE', amount: '20.00' });
      await company.done('POST', `disputes/${dispute.id}/resolve`, { outcome: 'PARTLY_CREDITED' });
      await company.done('POST', 'promises', { invoiceIds: ['a'], dueDate: '2026-11-27' });
      await company.done('PATCH', 'debtors/bakker', { creditLimit: '5000.00', segment: 'oud' });
      await company.done('PATCH', 'debtors/bakker', { segment: 'nieuw' });
      expect((await told()).sort()).toEqual([
        'dispute a: Betwist (PRICE): EUR 20,00. Antwoord uiterlijk 04-12-2026.',
        'limit bakker: Kredietlimiet: EUR 5000,00.',
        'note a: Bezwaar afgehandeld: gedeeltelijk gecrediteerd.',
        'promise a: Betaling toegezegd: EUR 200,00 uiterlijk 27-11-2026.',
      ]);
      await live('2026-12-02');
      expect((await told()).filter((each) => each.includes('niet nagekomen'))).toEqual([
        'note a: Toezegging van EUR 200,00 voor 27-11-2026: niet nagekomen (ontvangen EUR 0,00).',
      ]);
    });

    it('stops its own reminders of a debtor on hold, where they still run', async () => {
      await company.invoice('b', 'bakker', { paused: true });
      await company.done('POST', 'holds', { debtorId: 'bakker', reason: 'BANKRUPTCY' });
      expect((await told()).sort()).toEqual([
        'hold a: Tegoed volgt deze factuur op; de eigen herinneringen staan stil.',
        'note bakker: Opvolging stilgelegd: insolventie.',
      ]);
    });

    it('hears nothing of what was noted in shadow mode, also later', async () => {
      await company.change({ mode: 'shadow' });
      await company.done('POST', 'disputes', { invoiceId: 'a', code: 'PRICE' });
      expect(await told()).toEqual([]);
      await company.change({ mode: 'live' });
      expect(await told()).toEqual([]);
    });
  });
});
