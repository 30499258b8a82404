import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MoneyInOtherCurrency } from '../dunning/decision.service.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { instant, optionalInstant, optionalJson, optionalText } from '../platform/database/columns.js';

/** One day of one administration: how far it came, and what it did. */
@Entity('day_run')
export class DayRunEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('date') day: PlainDate;
  /** The stage it is in, or came to. */
  @Column('text') stage: string;
  @Column('uuid', { name: 'lease_holder', nullable: true }) leaseHolder: string | null;
  @Column({ ...optionalInstant, name: 'lease_until' }) leaseUntil: Date | null;
  @Column({ ...instant, name: 'started_at' }) startedAt: Date;
  @Column({ ...optionalInstant, name: 'finished_at' }) finishedAt: Date | null;
  /** Why nothing was decided (stale figures); null: it was. */
  @Column(optionalJson) held: { reason: string; since: PlainDate | null } | null;
  @Column('jsonb', { default: {} }) figures: DayFigures;
  @Column(optionalText) error: string | null;
}

/** What a day did; sums over all its runs, so that running it again shows what it added. */
export interface DayFigures {
  readonly debtorsPulled: number;
  readonly itemsPulled: number;
  readonly linesMatched: number;
  readonly linesProposed: number;
  readonly linesOpen: number;
  readonly acts: Readonly<Record<string, number>>;
  readonly mailsSent: number;
  readonly pushed: Readonly<Record<string, number>>;
  readonly apiCalls: number;
  /** As it was last decided: of whom nothing was asked because money of another currency waits to be allocated. Absent: nothing was decided. */
  readonly inOtherCurrency?: readonly MoneyInOtherCurrency[];
}

export const NOTHING_DONE: DayFigures = {
  debtorsPulled: 0,
  itemsPulled: 0,
  linesMatched: 0,
  linesProposed: 0,
  linesOpen: 0,
  acts: {},
  mailsSent: 0,
  pushed: {},
  apiCalls: 0,
};
