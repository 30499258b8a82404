import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type DossierFact, TOLD_KINDS, dossierFact, dossierNote } from './dossier-note.js';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });

describe('the note a dossier entry leaves in the package', () => {
  it.each<[DossierFact, string, string, string]>([
    [
      { kind: 'dispute-opened', code: 'PRICE', amount: EUR(12_50), answerBy: plainDate('2026-12-04') },
      'Betwist (PRICE): EUR 12,50. Antwoord uiterlijk 04-12-2026.',
      'Contestée (PRICE) : EUR 12,50. Réponse au plus tard le 04-12-2026.',
      'Disputed (PRICE): EUR 12.50. Answer by 04-12-2026.',
    ],
    [
      { kind: 'promise-judged', amount: EUR(100_00), dueDate: plainDate('2026-11-27'), to: 'short', paid: EUR(40_00) },
      'Toezegging van EUR 100,00 voor 27-11-2026: gedeeltelijk nagekomen (ontvangen EUR 40,00).',
      'Promesse de EUR 100,00 pour le 27-11-2026 : tenue en partie (reçu EUR 40,00).',
      'Promise of EUR 100.00 by 27-11-2026: kept in part (received EUR 40.00).',
    ],
    [
      { kind: 'hold-set', hold: 'guardianship', until: null },
      'Opvolging stilgelegd: bewind of schuldregeling.',
      'Suivi suspendu : administration ou règlement de dettes.',
      'Follow-up on hold: guardianship or debt restructuring.',
    ],
    [
      { kind: 'credit-held', exposure: EUR(6000_00), limit: EUR(5000_00) },
      'Leveringsblokkade: obligo EUR 6000,00, limiet EUR 5000,00. Niet leveren zonder vrijgave.',
      'Livraisons bloquées : encours EUR 6000,00, limite EUR 5000,00. Ne pas livrer sans libération.',
      'Deliveries on hold: exposure EUR 6000.00, limit EUR 5000.00. Do not deliver without release.',
    ],
    [
      { kind: 'credit-released', exposure: EUR(0), limit: null },
      'Leveringsblokkade opgeheven: obligo EUR 0,00.',
      'Blocage des livraisons levé : encours EUR 0,00.',
      'Deliveries released: exposure EUR 0.00.',
    ],
    [
      { kind: 'contact-returned', channel: 'letter', sentOn: plainDate('2026-11-20'), on: plainDate('2026-11-27') },
      'Brief van 20-11-2026 kwam op 27-11-2026 terug.',
      'Lettre du 20-11-2026 revenue le 27-11-2026.',
      'Letter of 20-11-2026 came back on 27-11-2026.',
    ],
    [{ kind: 'call-made', outcome: 'wrong-number' }, 'Gebeld: verkeerd nummer.', 'Appel : mauvais numéro.', 'Called: wrong number.'],
  ])('%j', (fact, nl, fr, en) => {
    expect([dossierNote(fact, 'nl'), dossierNote(fact, 'fr'), dossierNote(fact, 'en')]).toEqual([nl, fr, en]);
  });

  it('is read from the entry as it is stored, and says what it says', () => {
    const stored = { dispute: 'x', invoices: ['i'], code: 'PRICE', amount: null, currency: 'EUR', answerBy: '2026-12-04', note: 'privé' };
    expect(dossierNote(dossierFact('dispute-opened', stored, 'EUR'), 'nl')).toBe('Betwist (PRICE): geheel. Antwoord uiterlijk 04-12-2026.');
    const made = { total: '242.00', currency: 'EUR', instalments: [{ dueDate: '2026-12-01' }, { dueDate: '2027-01-04' }] };
    expect(dossierNote(dossierFact('arrangement-made', made, 'EUR'), 'nl')).toBe(
      'Betalingsregeling: EUR 242,00 in 2 termijnen, de laatste op 04-01-2027.',
    );
    expect(dossierNote(dossierFact('debtor-changed', { changes: { creditLimit: '5000.00' } }, 'EUR'), 'en')).toBe(
      'Credit limit: EUR 5000.00.',
    );
  });

  it('never carries the free text of the dossier', () => {
    const secret = 'GEHEIM';
    const body = {
      code: 'PRICE', amount: '1.00', paid: '1.00', total: '1.00', currency: 'EUR', answerBy: '2026-12-04', dueDate: '2026-12-04', to: 'kept',
      outcome: 'PAID', instalments: [{ dueDate: '2026-12-01' }], kind: 'manual', until: null, exposure: '1.00', limit: null, changes: { creditLimit: '1.00' },
      note: secret, because: secret, madeBy: secret, reason: secret,
    }; // prettier-ignore
    for (const kind of TOLD_KINDS) expect(dossierNote(dossierFact(kind, body, 'EUR'), 'nl')).not.toContain(secret);
  });

  it('does not exist for entries the package is not told of', () => {
    expect(() => dossierFact('mail-sent', {}, 'EUR')).toThrow(/not told/);
    expect(() => dossierFact('promise-made', { amount: 'much' }, 'EUR')).toThrow(/amount/);
  });
});
