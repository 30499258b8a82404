import { plainDate } from '../kernel/plain-date.js';
import { LETTER_KINDS, type Law, type Letter, type LetterKind } from './rules/letter.js';
import { LANGUAGES, type Language } from './rules/localized.js';

/** An invented creditor, debtor and invoice: what templates are tried with at start, and a ground for tests. */
export function sampleLetter(kind: LetterKind, language: Language): Letter {
  const belgian = kind === 'be-first-reminder';
  const statutory = belgian || kind === 'fourteen-day-letter';
  return {
    kind,
    tone: 'friendly',
    language,
    channel: 'email',
    law: belgian ? 'be' : 'nl',
    date: plainDate('2026-11-21'),
    creditor: {
      name: 'Voorbeeld Installaties BV',
      addressLines: ['Dorpsweg 1', '1234 AB Voorbeeldstad'],
      registry: belgian ? { scheme: 'be-kbo', id: '0123456749' } : { scheme: 'nl-kvk', id: '12345678' },
      vatId: null,
      phone: '+31 20 000 00 00',
      email: 'administratie@example.com',
      iban: 'NL91ABNA0417164300',
      bic: 'ABNANL2A',
    },
    debtor: { name: 'J. Voorbeeld', number: 'D-1001', capacity: statutory ? 'consumer' : 'business' },
    currency: 'EUR',
    items: [
      {
        number: '2026-0042',
        description: 'Onderhoud ketel',
        issueDate: plainDate('2026-09-30'),
        dueDate: kind === 'courtesy' ? plainDate('2026-11-26') : plainDate('2026-10-30'),
        amount: 150_000,
        open: 123_456,
        currency: 'EUR',
        paymentReference: 'RF18539007547034',
        disputed: false,
      },
    ],
    deductions: [],
    totals: { amount: 123_456, costs: 0, interest: 0, total: 123_456 },
    payBy: plainDate('2026-12-05'),
    announced: announcedIn(kind),
    interestPercent: kind === 'notice-of-default' ? '10.40' : null,
    previousDemands: 0,
    contact: { name: null, email: 'administratie@example.com', phone: '+31 20 000 00 00' },
    account: null,
  };
}

/** The maxima over 1 234.56: 15% in the Netherlands; 65 + 5% of what exceeds 500 in Belgium. */
function announcedIn(kind: LetterKind): Letter['announced'] {
  if (kind === 'fourteen-day-letter') return { costs: 18_518, vat: 0, interestPercent: null };
  return kind === 'be-first-reminder' ? { costs: 10_173, vat: 0, interestPercent: '10.5' } : null;
}

/** Letters that together walk through every branch of every template. */
export function* sampleLetters(): Generator<Letter> {
  for (const language of LANGUAGES) {
    for (const kind of LETTER_KINDS) {
      const letter = sampleLetter(kind, language);
      yield letter;
      yield { ...letter, ...severalItems(letter), tone: 'firm', channel: 'letter', previousDemands: 1 };
      yield* variants(letter);
    }
  }
}

const severalItems = ({ items }: Letter): Pick<Letter, 'items' | 'deductions' | 'totals'> => ({
  items: items.flatMap((item) => [item, { ...item, number: '2026-0043', paymentReference: null, disputedPart: 10_000 }]),
  deductions: [
    { kind: 'credit-note', number: 'C-7', date: plainDate('2026-11-02'), amount: 10_000 },
    { kind: 'receipt', number: null, date: plainDate('2026-11-20'), amount: 2_500 },
  ],
  totals: { amount: 234_412, costs: 0, interest: 0, total: 234_412 },
});

/** What only one kind can look like. */
function* variants(letter: Letter): Generator<Letter> {
  if (letter.kind === 'reminder') yield { ...letter, payBy: null, contact: { ...letter.contact, email: null } };
  if (letter.kind === 'fourteen-day-letter') yield { ...letter, announced: { costs: 22_407, vat: 3_889, interestPercent: null } };
  if (letter.kind === 'be-first-reminder') {
    yield { ...letter, announced: null };
    yield { ...letter, announced: { costs: 0, vat: 0, interestPercent: '10.5' } };
    yield { ...letter, announced: { costs: 10_173, vat: 0, interestPercent: null } };
  }
  if (letter.kind === 'demand' || letter.kind === 'notice-of-default') yield* withExtras(letter);
  if (letter.kind === 'statement') yield withAccount(letter);
}

function* withExtras(letter: Letter): Generator<Letter> {
  const totals = { amount: 123_456, costs: 4_000, interest: 771, total: 128_227 };
  for (const law of ['nl', 'be', 'eu'] satisfies Law[]) {
    for (const capacity of ['business', 'consumer'] as const) {
      yield { ...letter, law, debtor: { ...letter.debtor, capacity }, totals, interestPercent: '10.40' };
    }
  }
}

const withAccount = (letter: Letter): Letter => ({
  ...letter,
  items: letter.items.map((item) => ({ ...item, disputed: true })),
  account: {
    from: plainDate('2026-09-01'),
    to: letter.date,
    opening: 0,
    lines: [
      { date: plainDate('2026-09-30'), kind: 'invoice', number: '2026-0042', reference: null, amount: 150_000 },
      { date: plainDate('2026-11-10'), kind: 'receipt', number: null, reference: 'RF18 5390 0754 7034', amount: -26_544 },
    ],
  },
});
