import { formatAmount, parseAmount } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import type { ApiClient } from './api-client.js';
import type { DemoCompany } from './demo-company.js';

/** One customer above his limit, from the alert to the payment, as it is printed. Dates are null while it has not happened. */
export interface CreditFigures {
  readonly customer: string;
  readonly limit: string;
  readonly exposure: string;
  /** The people of the company were told, and a hold waited for them. */
  readonly toldOn: PlainDate | null;
  /** They approved it: from here on the package says so. */
  readonly heldOn: PlainDate | null;
  /** He paid, and it was released by itself, in the package too. */
  readonly releasedOn: PlainDate | null;
}

interface ShownAct {
  readonly id: string;
  readonly debtorId: string;
  readonly kind: string;
  readonly state: string;
  readonly total: string;
}

/** The payment that lifts the hold comes in about here. */
const PAYS_AFTER_DAYS = [2, 4] as const;

/** Sets a customer's limit a little below what he owes, shortly before he pays, and does what a controller does about it. */
export class DemoCredit {
  private toldOn: PlainDate | null = null;
  private heldOn: PlainDate | null = null;
  private releasedOn: PlainDate | null = null;
  private exposure = '';

  private constructor(
    private readonly api: ApiClient,
    private readonly path: string,
    private readonly customer: { readonly id: string; readonly name: string; readonly limit: string },
  ) {}

  /** Null when no customer of the company is about to pay. */
  static async watch(api: ApiClient, { administrationId, books: { world } }: DemoCompany, from: PlainDate): Promise<DemoCredit | null> {
    const path = `/api/v1/administrations/${administrationId}`;
    const [first, last] = PAYS_AFTER_DAYS.map((days) => addDays(from, days)) as [PlainDate, PlainDate];
    const [next] = [...world.expected(first, last)].sort(([, a], [, b]) => b - a);
    if (!next) return null;
    const [id, pays] = next;
    const { name, amounts } = await api.get<{ name: string; amounts: { open: string }[] }>(`${path}/debtors/${id}`);
    // Half of what he is about to pay: below it afterwards, also when he buys something meanwhile.
    const open = unwrap(parseAmount(amounts[0]?.open ?? '0', 'EUR'));
    const limit = formatAmount(Math.max(0, open - Math.floor(pays / 2)));
    await api.patch(`${path}/debtors/${id}`, { creditLimit: limit });
    return new DemoCredit(api, path, { id, name, limit });
  }

  /** After a day was lived: the hold that waits is approved, and what became of it is looked up. */
  async after(day: PlainDate): Promise<void> {
    const { id } = this.customer;
    const acts = await this.api.get<ShownAct[]>(`${this.path}/acts?day=${day}`);
    const hold = acts.find(({ debtorId, kind, state }) => debtorId === id && kind === 'credit-hold' && state === 'awaiting-approval');
    if (hold && this.toldOn === null) {
      [this.toldOn, this.heldOn, this.exposure] = [day, day, hold.total];
      await this.api.post(`${this.path}/acts/${hold.id}/approve`);
    }
    const { entries } = await this.api.get<{ entries: { kind: string }[] }>(`${this.path}/debtors/${id}`);
    if (this.heldOn !== null && entries.some(({ kind }) => kind === 'credit-released')) this.releasedOn ??= day;
  }

  get figures(): CreditFigures {
    const { customer, exposure, toldOn, heldOn, releasedOn } = this;
    return { customer: customer.name, limit: customer.limit, exposure, toldOn, heldOn, releasedOn };
  }
}

/** The story in a line. */
export function tellCreditFigures({ customer, limit, exposure, toldOn, heldOn, releasedOn }: CreditFigures): string {
  if (toldOn === null) return `Credit: ${customer} stayed within the limit of EUR ${limit}`;
  const held = `told on ${toldOn}, deliveries held in the package since ${heldOn}`;
  return `Credit: ${customer} owed EUR ${exposure} on a limit of EUR ${limit}: ${held}, ${releasedOn === null ? 'not paid yet' : `released after payment on ${releasedOn}`}`;
}
