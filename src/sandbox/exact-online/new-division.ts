import { DivisionBooks } from './books.js';
import { JOURNALS } from './entries.js';

type Making = ConstructorParameters<typeof DivisionBooks>;

/** A division with what every one has from the start: journals, ledger accounts, payment conditions, categories, classifications. */
export function newDivision(...making: Making): DivisionBooks {
  const books = new DivisionBooks(...making);
  const at = books.createdAt;
  const ledger = (Code: string, Type: number, Description: string): string =>
    books.addFields(
      'glAccounts',
      { Code, Type, Description, BalanceSide: Type === 110 ? 'C' : 'D', BalanceType: Type === 110 ? 'W' : 'B', IsBlocked: false },
      at,
    ).id;
  const bank = ledger('1100', 12, 'Bank');
  const receivables = ledger('1300', 20, 'Debiteuren');
  const payables = ledger('1600', 22, 'Crediteuren');
  const other = ledger('4900', 90, 'Betalingsverschillen');
  ledger('1500', 24, 'Btw af te dragen');
  ledger('8000', 110, 'Omzet');
  const journal = (Code: string, Type: number, Description: string, GLAccount: string): void =>
    void books.addFields(
      'journals',
      {
        Code,
        Type,
        Description,
        GLAccount,
        Currency: books.profile.currency,
        IsBlocked: false,
        BankAccountIBAN: Type === 12 ? books.profile.iban : null,
      },
      at,
    );
  journal(JOURNALS.bank, 12, 'Bank', bank);
  journal(JOURNALS.purchase, 22, 'Inkoopboek', payables);
  journal(JOURNALS.sales, 20, 'Verkoopboek', receivables);
  journal(JOURNALS.memorial, 90, 'Memoriaal', other);
  for (const [Code, PaymentDays, PaymentMethod, Description] of CONDITIONS) {
    books.addFields('paymentConditions', { ...CONDITION, Code, PaymentDays, PaymentMethod, Description }, at);
  }
  books.addFields(
    'paymentConditions',
    {
      ...CONDITION,
      Code: '2K',
      PaymentDays: 30,
      PaymentMethod: 'B',
      Description: '2% binnen 8 dagen',
      DiscountPercentage: 0.02,
      DiscountPaymentDays: 8,
    },
    at,
  );
  for (const Description of ['Customers', 'Suppliers', 'General']) books.addFields('documentCategories', { Description }, at);
  classify(books, 'Kredietbewaking', [
    ['BETWIST', 'Betwist'],
    ['INCASSO', 'In incasso'],
    ['STOP', 'Kredietstop'],
  ]);
  return books;
}

const CONDITION = { PaymentEndOfMonths: 0, DiscountPercentage: 0, DiscountPaymentDays: 0, Percentage: 1, CreditManagementScenario: null };

const CONDITIONS = [
  ['14', 14, 'B', '14 dagen'],
  ['30', 30, 'B', '30 dagen'],
  ['60', 60, 'B', '60 dagen'],
  ['IN', 14, 'I', 'Incasso 14 dagen'],
  ['CO', 0, 'K', 'Contant'],
] as const;

/** A classification of relations with its values; the API cannot make them. */
export function classify(books: DivisionBooks, name: string, values: readonly (readonly [code: string, description: string])[]): void {
  const at = books.createdAt;
  const group = books.addFields('classificationNames', { Description: name, SequenceNumber: books.classificationNames.size + 1 }, at);
  for (const [Code, Description] of values)
    books.addFields('classifications', { AccountClassificationName: group.id, Code, Description }, at);
}
