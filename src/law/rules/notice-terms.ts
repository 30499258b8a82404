import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, minDate } from '../../kernel/plain-date.js';
import type { ChargeFacts, ChargeItem } from './charges.js';
import type { Law, Regime } from './law.js';
import { type NoticeKind, isNotice, noticeDates } from './notices.js';

/** A message may have asked any amount, or announced any costs: the book does not say. */
const NOT_KNOWN = Number.POSITIVE_INFINITY;

type Sent = ChargeFacts['contacts'][number];

/** What a message asked of an item: 0 when it did not ask for it, {@link NOT_KNOWN} when it names it and no amount is known. */
export function askedOf({ invoiceIds, asked }: Sent, invoiceId: string): Minor {
  if (!invoiceIds.includes(invoiceId)) return 0;
  if (asked === undefined) return NOT_KNOWN;
  return sum(asked.filter((part) => part.invoiceId === invoiceId && part.amount > 0).map(({ amount }) => amount));
}

/** A notice with the term it opened. */
interface Notice {
  readonly sent: Sent;
  readonly kind: NoticeKind;
  /** First day after the term. */
  readonly from: PlainDate;
}

/** An item with what costs may be reckoned over, and the notice this stands on. */
interface Cover {
  readonly item: ChargeItem;
  readonly notice: Notice;
}

/** When the notices that were sent take effect, per item, and for how much of it. */
export class NoticeTerms {
  private readonly notices: readonly Notice[];

  constructor(
    law: Law,
    private readonly regime: Regime,
    private readonly facts: Pick<ChargeFacts, 'contacts' | 'termAgreed' | 'clause'>,
    private readonly on: PlainDate,
  ) {
    this.notices = facts.contacts.flatMap((sent): Notice[] => {
      const { kind, channel, sentOn, receivedOn } = sent;
      if (channel === 'phone' || sentOn > on || !isNotice(kind)) return [];
      const dates = noticeDates(law, { regime, kind, sentOn, channel, receivedOn });
      return dates.ok ? [{ sent, kind, from: dates.value.costsFrom }] : [];
    });
  }

  /** First day after the term of the earliest valid notice of a kind over the item, null: there was none. */
  effectiveFrom(kind: NoticeKind, item: ChargeItem): PlainDate | null {
    const valid = this.validFor(kind, item);
    return valid.length === 0 ? null : valid.map(({ from }) => from).reduce(minDate);
  }

  /** The most a valid notice of a kind asked of the item; 0: there was none. */
  mostAsked(kind: NoticeKind, item: ChargeItem): Minor {
    return Math.max(0, ...this.validFor(kind, item).map(({ sent }) => askedOf(sent, item.invoiceId)));
  }

  /**
   * The item as the notice of a kind that is worth most has it, of those whose term is over: never more than it asked, however much is
   * open now. `openAt` gives what is open of the item where the term ended before a day. Null: no term is over.
   */
  cover(kind: NoticeKind, item: ChargeItem, openAt: (from: PlainDate) => Minor): Cover | null {
    const over = this.validFor(kind, item).filter(({ from }) => from <= this.on);
    const covers = over.map((notice): Cover => {
      const open = Math.min(openAt(notice.from), askedOf(notice.sent, item.invoiceId));
      return { notice, item: { ...item, open } };
    });
    return covers.reduce<Cover | null>((best, cover) => (best === null || cover.item.open > best.item.open ? cover : best), null);
  }

  /** Last day before interest runs for a consumer, null: it does not run, or only over a part, which is left out: in doubt less. */
  lastFreeDay(item: ChargeItem): PlainDate | null {
    const from = this.regime === 'be' ? this.facts.clause && this.effectiveForAll('be-first-reminder', item) : this.defaultFrom(item);
    return from === null || from > this.on ? null : addDays(from, -1);
  }

  /** {@link effectiveFrom} of a notice that asked for all that is open of the item now. */
  private effectiveForAll(kind: NoticeKind, item: ChargeItem): PlainDate | null {
    const valid = this.validFor(kind, item).filter(({ sent }) => askedOf(sent, item.invoiceId) >= item.open);
    return valid.length === 0 ? null : valid.map(({ from }) => from).reduce(minDate);
  }

  private validFor(kind: NoticeKind, item: ChargeItem): Notice[] {
    const defaultFrom = kind === 'fourteen-day-letter' ? this.defaultFrom(item) : addDays(item.dueDate, 1);
    if (defaultFrom === null) return [];
    return this.notices.filter(
      (notice) => notice.kind === kind && notice.sent.sentOn >= defaultFrom && askedOf(notice.sent, item.invoiceId) > 0,
    );
  }

  /** First day of default (art. 6:82 and 6:83 BW): after an agreed term, else after a notice of default over all that is open. */
  private defaultFrom(item: ChargeItem): PlainDate | null {
    return this.facts.termAgreed ? addDays(item.dueDate, 1) : this.effectiveForAll('notice-of-default', item);
  }
}

/** What the notices that costs stand on announced together; infinite where one of them is not known. */
export const announcedBy = (covers: readonly Cover[]): Minor =>
  [...new Set(covers.map(({ notice }) => notice.sent))].reduce((total, { announcedCosts = NOT_KNOWN }) => total + announcedCosts, 0);
