import type { OutgoingQuotas } from './quota.js';
import type { Sleep } from './sleep.js';

/** What everything that calls out shares: the vendors' quotas, and how to wait. */
export interface Outgoing {
  readonly quotas: OutgoingQuotas;
  readonly sleep: Sleep;
}
