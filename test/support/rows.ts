import { randomUUID } from 'node:crypto';
import type { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import type { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { plainDate } from '../../src/kernel/plain-date.js';

/** Rows with everything filled in that a test does not care about. All names are made up. */
export const administrationRow = (given: Partial<AdministrationEntity> = {}): AdministrationEntity => {
  const id = given.id ?? randomUUID();
  return {
    id,
    name: 'Drukkerij Voorbeeld B.V.',
    country: 'NL',
    currency: 'EUR',
    language: 'nl',
    ibans: ['NL02ABNA0123456789'],
    vatDeductible: true,
    registry: null,
    sender: {
      name: 'Drukkerij Voorbeeld B.V.',
      address: ['Proefstraat 1', '1234 AB Testdorp'],
      email: 'debiteuren@voorbeeld.example',
      replyTo: null,
      phone: null,
      vatId: null,
      iban: 'NL02ABNA0123456789',
      bic: null,
    },
    package: 'moneybird',
    packageRef: id,
    mode: 'shadow',
    policy: 'starter',
    remindedBy: 'tegoed',
    nativeReminders: [],
    remindsPer: null,
    respectsPauses: true,
    pullCursor: null,
    pulledAt: null,
    controlTotal: null,
    targetDso: null,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...given,
  };
};

export const debtorRow = (given: Partial<DebtorEntity> & { administrationId: string }): DebtorEntity => {
  const id = given.id ?? randomUUID();
  return {
    id,
    number: null,
    name: 'Bakkerij Proef',
    capacity: 'business',
    country: 'NL',
    language: 'nl',
    emails: ['facturen@proef.example'],
    phone: null,
    ibans: [],
    vatId: null,
    registryId: null,
    creditLimit: null,
    paymentTermDays: null,
    largeCompany: false,
    customerSince: null,
    segment: null,
    holds: [],
    archived: false,
    deletedAt: null,
    raw: null,
    overrides: {},
    ...given,
  };
};

export const invoiceRow = (given: Partial<InvoiceEntity> & { administrationId: string; debtorId: string }): InvoiceEntity => {
  const id = given.id ?? randomUUID();
  return {
    id,
    number: '2026-0001',
    kind: 'invoice',
    issueDate: plainDate('2026-10-01'),
    dueDate: plainDate('2026-10-15'),
    amount: 12_100,
    packageOpen: 12_100,
    currency: 'EUR',
    paymentReference: null,
    description: null,
    paused: false,
    pausedSince: null,
    collecting: false,
    writtenOff: false,
    dispute: null,
    packageDispute: null,
    packageDisputeOn: null,
    handedOverOn: null,
    deletedAt: null,
    raw: null,
    ...given,
  };
};
