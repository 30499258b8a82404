import { describe } from '@jest/globals';
import { DEVRIES, GROUP, JANSEN, book, debtor, from, golden, invoice, line, named, stranger } from '../support/golden.js';

const two = book([
  invoice('2026-0042', 'jansen', '121.00'),
  invoice('2026-0051', 'jansen', '75.30'),
  invoice('2026-0060', 'muller', '64.10'),
]);

describe('who pays', () => {
  golden([
    {
      name: 'known account, one item of that amount',
      why: 'debtor by account, invoice by a unique exact amount',
      book: two,
      lines: [line('121.00', 'bedankt')],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00' }, says: /account NL18RABO0123459876 is known to be Jansen/ }],
    },
    {
      name: 'known account, two items of that amount',
      why: 'a subscription: which month is meant nobody knows; the oldest first',
      book: book([invoice('A-2026-01', 'jansen', '49.95', { dueDate: '2026-10-01' as never }), invoice('A-2026-02', 'jansen', '49.95')]),
      lines: [line('49.95', 'abonnement')],
      expect: [{ outcome: 'proposed', gives: { 'A-2026-01': '49.95' }, alsoWeighs: { 'A-2026-02': '49.95' } }],
    },
    {
      name: 'known account, an account two debtors share',
      why: 'the account says one of two, and both owe 80.00',
      book: book([invoice('1001', 'north', '80.00'), invoice('1002', 'south', '80.00')], {
        debtors: [debtor('north', 'Bakker Noord BV', { ibans: [GROUP] }), debtor('south', 'Bakker Zuid BV', { ibans: [GROUP] })],
      }),
      lines: [line('80.00', '', from(GROUP, 'Bakker Holding'))],
      expect: [{ outcome: 'proposed', alsoWeighs: { '1002': '80.00' } }],
    },
    {
      name: 'a shared account, the name tells which',
      why: 'account of the group, name of Bakker Zuid, amount unique there',
      book: book([invoice('1001', 'north', '80.00'), invoice('1002', 'south', '80.00')], {
        debtors: [debtor('north', 'Bakker Noord BV', { ibans: [GROUP] }), debtor('south', 'Bakker Zuid BV', { ibans: [GROUP] })],
      }),
      lines: [line('80.00', '', from(GROUP, 'BAKKER ZUID'))],
      expect: [{ outcome: 'matched', gives: { '1002': '80.00' } }],
    },
    {
      name: 'an account linked twice by a person',
      why: 'two confirmations make it known',
      book: two,
      lines: [line('64.10', '', stranger)],
      expect: [{ outcome: 'matched', gives: { '2026-0060': '64.10' } }],
      evidence: { ibanLinks: [{ iban: stranger.iban, debtorId: 'muller', confirmations: 2 }] },
    },
    {
      name: 'an account linked once',
      why: 'one confirmation supports a proposal, no more',
      book: two,
      lines: [line('64.10', '', stranger)],
      expect: [{ outcome: 'proposed', gives: { '2026-0060': '64.10' }, says: /linked to Müller/ }],
      evidence: { ibanLinks: [{ iban: stranger.iban, debtorId: 'muller', confirmations: 1 }] },
    },
    {
      name: 'the name only, exact amount',
      why: 'a name is never enough by itself to book',
      book: two,
      lines: [line('64.10', 'betaling', named('Muller Metallbau GmbH'))],
      expect: [{ outcome: 'proposed', gives: { '2026-0060': '64.10' } }],
    },
    {
      name: 'the name and a serial',
      why: 'name, part of the number and amount: three signals',
      book: two,
      lines: [line('64.10', 'factuur 0060', named('Metallbau Müller'))],
      expect: [{ outcome: 'matched', gives: { '2026-0060': '64.10' } }],
    },
    {
      name: 'names one letter apart',
      why: 'Jansen and Janssen both owe 80.00; the payer is Janssen to the letter, whose account is not known',
      book: book([invoice('1001', 'one', '80.00'), invoice('1002', 'two', '80.00')], {
        debtors: [debtor('one', 'Jansen Tuinen', {}), debtor('two', 'Janssen Tuinen', {})],
      }),
      lines: [line('80.00', '', named('Janssen Tuinen'))],
      expect: [{ outcome: 'proposed', gives: { '1002': '80.00' }, alsoWeighs: { '1001': '80.00' } }],
    },
    {
      name: 'a name cut at 35 characters',
      why: '"Stichting Openbare Bibliotheek Oost-" begins the debtor’s name; number and amount decide',
      book: book([invoice('700042', 'library', '121.00')], {
        debtors: [debtor('library', 'Stichting Openbare Bibliotheek Oost-Gelderland')],
      }),
      lines: [line('121.00', 'serie 0042', named('Stichting Openbare Bibliotheek Oost'))],
      expect: [{ outcome: 'proposed', gives: { '700042': '121.00' }, says: /resembles/ }],
    },
    {
      name: 'two holders of one account',
      why: 'P. de Vries is one of "Hr J Jansen e/o Mw P de Vries"; number and amount decide',
      book: book([invoice('700042', 'person', '121.00')], { debtors: [debtor('person', 'P. de Vries')] }),
      lines: [line('121.00', '700042', named('Hr J Jansen e/o Mw P de Vries'))],
      expect: [{ outcome: 'matched', gives: { '700042': '121.00' } }],
    },
    {
      name: 'two debtors of the same name',
      why: 'the name says nothing then',
      book: book([invoice('1001', 'one', '80.00'), invoice('1002', 'two', '80.00')], {
        debtors: [debtor('one', 'J. Bakker'), debtor('two', 'J Bakker')],
      }),
      lines: [line('80.00', '', named('J Bakker'))],
      expect: [{ outcome: 'proposed', alsoWeighs: { '1002': '80.00' } }],
    },
    {
      name: 'customer number instead of an invoice number, known account',
      why: '10023 is Jansen; account and unique amount decide',
      book: two,
      lines: [line('75.30', 'klantnr 10023')],
      expect: [{ outcome: 'matched', gives: { '2026-0051': '75.30' } }],
    },
    {
      name: 'customer number from a stranger',
      why: 'customer number and amount: good, but anyone can type a number',
      book: two,
      lines: [line('75.30', 'klantnr 10023', stranger)],
      expect: [{ outcome: 'proposed', gives: { '2026-0051': '75.30' }, says: /mentions Jansen/ }],
    },
    {
      name: "known account, but the text holds another debtor's number",
      why: "Jansen's own number 2026-0042 stands on De Vries's letter too: De Vries pays what De Vries owes",
      book: book([invoice('2026-0042', 'jansen', '121.00'), invoice('2026-0099', 'devries', '88.88')]),
      lines: [line('88.88', 'uw kenmerk 2026-0042', from(DEVRIES, 'De Vries Schilders'))],
      expect: [{ outcome: 'matched', gives: { '2026-0099': '88.88' } }],
    },
    {
      name: 'nothing but an amount that somebody owes',
      why: 'the amount alone is a weak hint: never booked',
      book: two,
      lines: [line('121.00', 'hallo', stranger)],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00' } }],
    },
    {
      name: 'nothing at all',
      why: 'on unidentifiable money the right answer is nothing',
      book: two,
      lines: [line('999.99', 'hallo', stranger)],
      expect: [{ outcome: 'unmatched', gives: {}, left: '999.99' }],
    },
    {
      name: 'the payer’s account is written in the text of a payment request',
      why: 'the collecting account stands for nobody; Jansen’s own account is in the text',
      book: two,
      lines: [line('121.00', `Tikkie ${JANSEN} bedankt`, from('NL71ABNA0777777777', 'AAB INZ TIKKIE'))],
      expect: [{ outcome: 'matched', gives: { '2026-0042': '121.00' } }],
    },
    {
      name: 'an account that a person marked as standing for nobody',
      why: 'the factor’s account is in the book by mistake of the past: the mark counts',
      book: two,
      lines: [line('121.00', '', from(DEVRIES, 'Factor Nederland'))],
      expect: [{ outcome: 'proposed' }],
      evidence: { neutralIbans: [DEVRIES] },
    },
    {
      name: 'the account of one debtor, the name of another',
      why: 'De Vries’ account, Jansen’s name and what only Jansen owes: likely, and to be asked',
      book: two,
      lines: [line('121.00', '', from(DEVRIES, 'Jansen Bouw B.V.'))],
      expect: [{ outcome: 'proposed', gives: { '2026-0042': '121.00' }, says: /though the account is another debtor's/ }],
    },
    {
      name: 'the customer number, with which the number of an invoice ends',
      why: '10023 is Jansen himself: F20110023 and F20110077 both ask 121.00, and nothing says which',
      book: book([invoice('F20110023', 'jansen', '121.00'), invoice('F20110077', 'jansen', '121.00')]),
      lines: [line('121.00', '10023')],
      expect: [{ outcome: 'proposed' }],
    },
  ]);
});
