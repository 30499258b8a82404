import { Books, type AdministrationProfile, type BooksOptions } from './books.js';
import type { WorkflowRecord, WorkflowStep } from './records.js';

export interface NewAdministration {
  readonly profile: AdministrationProfile;
  /** The default workflow mails reminders by itself: what would double ours. */
  readonly nativeReminders?: boolean;
}

const REMINDERS = [
  { interval: 10, text: 'Beste {recipient.name}, onderstaande facturen staan nog open.' },
  { interval: 5, text: 'Beste {recipient.name}, ondanks onze herinnering staan deze facturen nog open.' },
  { interval: 5, text: 'Beste {recipient.name}, dit is onze laatste herinnering.' },
];

/** Books with everything a new Moneybird administration comes with: workflows, tax rates, ledger accounts, a user, a bank account. */
export function newAdministration({ profile, nativeReminders = false }: NewAdministration, options: BooksOptions): Books {
  const books = new Books(profile, options);
  const at = options.createdAt;
  books.users.push(
    { ...books.stamp(at), name: 'Sam Boekhouder', email: 'sam@sandbox.example', userType: 'owner' },
    { ...books.stamp(at), name: 'Robin Assistent', email: 'robin@sandbox.example', userType: 'employee' },
  );
  books.workflows.push(
    workflow(books, at, 'Standaard', { term: 14, isDefault: true, autoSend: nativeReminders }),
    workflow(books, at, '30 dagen', { term: 30, isDefault: false, autoSend: false }),
    estimateWorkflow(books, at),
  );
  books.taxRates.push(
    { ...books.stamp(at), name: '21% btw', basisPoints: 2100, country: null },
    { ...books.stamp(at), name: '9% btw', basisPoints: 900, country: null },
    { ...books.stamp(at), name: 'Btw verlegd binnen EU', basisPoints: 0, country: null },
  );
  books.ledgerAccounts.push(
    { ...books.stamp(at), name: 'Omzet', accountType: 'revenue', number: '80010' },
    { ...books.stamp(at), name: 'Debiteuren', accountType: 'current_assets', number: '13011' },
    { ...books.stamp(at), name: 'Betaalde en/of ontvangen btw', accountType: 'current_liabilities', number: '16221' },
    { ...books.stamp(at), name: 'Kruisposten', accountType: 'current_assets', number: '10510' },
    { ...books.stamp(at), name: 'Verrekeningen', accountType: 'current_assets', number: '13850' },
    { ...books.stamp(at), name: 'Algemene kosten', accountType: 'expenses', number: '46801' },
  );
  books.customFields.push(
    { ...books.stamp(at), name: 'Kredietlimiet', source: 'contact' },
    { ...books.stamp(at), name: 'Kredietstatus', source: 'contact' },
    { ...books.stamp(at), name: 'Projectnummer', source: 'sales_invoice' },
  );
  books.financialAccounts.push({ ...books.stamp(at), type: 'BankAccount', name: 'Zakelijke rekening', identifier: profile.iban });
  return books;
}

interface WorkflowShape {
  readonly term: number;
  readonly isDefault: boolean;
  readonly autoSend: boolean;
}

function workflow(books: Books, at: Date, name: string, { term, isDefault, autoSend }: WorkflowShape): WorkflowRecord {
  const steps: WorkflowStep[] = [
    { ...books.stamp(at), dueInterval: term, reminderDelay: 0, reminderText: null, reminderAutoSend: false },
    ...REMINDERS.map(({ interval, text }) => ({
      ...books.stamp(at),
      dueInterval: interval,
      reminderDelay: 0,
      reminderText: text,
      reminderAutoSend: autoSend,
    })),
  ];
  return {
    ...books.stamp(at),
    type: 'InvoiceWorkflow',
    name,
    isDefault,
    active: true,
    language: books.profile.language === 'en' ? 'en' : 'nl',
    currency: books.profile.currency,
    steps,
  };
}

function estimateWorkflow(books: Books, at: Date): WorkflowRecord {
  const step = { ...books.stamp(at), dueInterval: 14, reminderDelay: 0, reminderText: null, reminderAutoSend: false };
  return {
    ...books.stamp(at),
    type: 'EstimateWorkflow',
    name: 'Standaard',
    isDefault: true,
    active: true,
    language: 'nl',
    currency: books.profile.currency,
    steps: [step],
  };
}
