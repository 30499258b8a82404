import type { PullBatch, PulledDebtor, PulledItem } from '../../src/adapters/accounting-package.port.js';
import { PullRepository } from '../../src/adapters/pull.repository.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { EntityManager } from 'typeorm';

/** A debtor as a package brings him; all names are made up. */
export const pulledDebtor = (ref: string, given: Partial<PulledDebtor> = {}): PulledDebtor => ({
  ref,
  number: null,
  name: 'Bakkerij Proef',
  isBusiness: true,
  country: 'NL',
  language: 'nl',
  emails: [`${ref}@proef.example`],
  phone: null,
  ibans: [],
  vatId: null,
  registryId: null,
  creditLimit: null,
  paymentTermDays: null,
  archived: false,
  createdOn: null,
  raw: {},
  ...given,
});

/** An invoice as a package brings it: the one `Company.invoice` stores under this ref. */
export const pulledItem = (ref: string, debtorRef: string, given: Partial<PulledItem> = {}): PulledItem => ({
  ref,
  number: `F-${ref}`,
  debtorRef,
  kind: 'invoice',
  issueDate: plainDate('2026-10-11'),
  dueDate: plainDate('2026-11-10'),
  amount: 121_00,
  open: given.amount ?? 121_00,
  currency: 'EUR',
  paymentReference: null,
  description: null,
  paused: false,
  collecting: false,
  writtenOff: false,
  settlements: [],
  raw: {},
  ...given,
});

/** An administration that units of work can be opened on. */
interface Opened {
  readonly id: string;
  within<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** Stores a batch as a pull does, at a moment of its own. */
export const pull = ({ id, within }: Opened, batch: Partial<PullBatch>, at: Date): Promise<unknown> =>
  within((manager) =>
    new PullRepository(manager, id).store(
      { debtors: [], items: [], deletedDebtorRefs: [], deletedItemRefs: [], cursor: {}, ...batch },
      at,
      'NL',
    ),
  );
