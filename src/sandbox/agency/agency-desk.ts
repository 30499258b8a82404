import { type Minor, formatAmount, parseAmount, scale, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';
import { unwrap } from '../../kernel/result.js';
import type { AgencyCase, Collected, Fate, ReadDossier } from './agency-case.js';
import type { CreditorLine } from './creditor-line.js';
import { type Step, WAITING_STEPS, nextStep } from './fates.js';
import { settlementLine } from './settlement-line.js';

const minor = (text: string): Minor => unwrap(parseAmount(text));
const decimal = (amount: Minor): string => formatAmount(amount);

/**
 * The people of an agency: they read the dossiers that come in, write to debtors, take their money, and tell the creditor. What becomes of a
 * case is its fate; the rest follows from the calendar and from what the creditor says.
 */
export class AgencyDesk {
  readonly cases = new Map<string, AgencyCase>();
  private settlements = 0;

  constructor(
    private readonly line: CreditorLine,
    private readonly fateOf: (dossier: ReadDossier) => Fate,
    private readonly today: () => PlainDate,
  ) {}

  /** An event of the creditor that was taken in. */
  hear(type: string, data: Readonly<Record<string, unknown>>): void {
    if (type === 'collection.case.submitted') return this.open(data as unknown as ReadDossier);
    const known = this.cases.get(String(data['caseId']));
    if (!known) return;
    switch (type) {
      case 'collection.case.updated':
        return this.replace(known, data as unknown as ReadDossier);
      case 'collection.case.direct_payment':
      case 'collection.case.payment_received':
      case 'collection.case.credit_note_issued':
        return this.reduce(known, data as unknown as { invoice: string; open: string });
      case 'collection.case.question_answered':
        known.waits = false;
        return;
      case 'collection.case.withdrawn':
        known.ended = true;
    }
  }

  /** Lives a day: of every case whatever is due, one thing after the other. */
  async live(): Promise<void> {
    const on = this.today();
    for (const known of this.cases.values()) {
      if (!known.ended && this.left(known) === 0 && !known.brought) await this.close(known, 'PAID_DIRECT');
      for (let step = this.next(known, on); step !== null; step = this.next(known, on)) {
        known.steps++;
        known.waits = WAITING_STEPS.includes(step);
        await this.take(known, step, on);
      }
    }
  }

  private next(known: AgencyCase, on: PlainDate): Step | null {
    return nextStep(known, daysBetween(known.takenOn, on));
  }

  private open(dossier: ReadDossier): void {
    if (this.cases.has(dossier.caseId)) return;
    const known: AgencyCase = {
      caseId: dossier.caseId,
      reference: `2026-${String(10_001 + this.cases.size)}`,
      fate: this.fateOf(dossier),
      takenOn: this.today(),
      dossier,
      principal: new Map(),
      interest: 0,
      costs: 0,
      sequence: 0,
      steps: 0,
      waits: false,
      ended: false,
      brought: false,
      asked: [],
      collected: [],
    };
    this.replace(known, dossier);
    this.cases.set(known.caseId, known);
  }

  private replace(known: AgencyCase, dossier: ReadDossier): void {
    known.dossier = dossier;
    known.interest = minor(dossier.interest.amount);
    known.costs = minor(dossier.costs.fee) + minor(dossier.costs.vatUplift);
    known.principal.clear();
    for (const { invoice, open } of dossier.claims) known.principal.set(invoice, minor(open));
  }

  /** Something was paid to the creditor, or credited by him: he says what is left. */
  private reduce(known: AgencyCase, { invoice, open }: { readonly invoice: string; readonly open: string }): void {
    if (known.principal.has(invoice)) known.principal.set(invoice, Math.max(0, minor(open)));
  }

  private left({ principal }: AgencyCase): Minor {
    return sum(principal.values());
  }

  private async take(known: AgencyCase, step: Step, on: PlainDate): Promise<void> {
    const { reference, dossier } = known;
    switch (step) {
      case 'receive':
        return this.tell(known, 'received', {});
      case 'accept':
        return this.tell(known, 'accepted', { agencyReference: reference });
      case 'reject':
        known.ended = true;
        return this.tell(known, 'rejected', { reasonCode: 'INVALID_DATA', reason: 'The address of the debtor is not complete.' });
      case 'ask-creditor':
        return this.tell(known, 'info_required', { question: 'Please send the contract.', deadline: addDays(on, 7) });
      case 'letter':
        known.asked.push({ on, amount: this.left(known) + known.interest + known.costs });
        return this.status(known, 'AMICABLE', 'aanmaning verzonden');
      case 'plan':
        return this.plan(known, on);
      case 'collect-half':
        return this.collect(known, on, 2);
      case 'collect-rest':
        return this.collect(known, on, 1);
      case 'settle':
        return this.settle(known, on);
      case 'dispute':
        return this.tell(known, 'dispute_raised', {
          invoice: dossier.claims[0]?.invoice,
          code: 'QUALITY',
          text: 'De levering was niet compleet, zegt de debiteur.',
        });
      case 'propose-court':
        return this.tell(known, 'legal_proposed', { action: 'DAGVAARDING', cost: '650.00', currency: 'EUR' });
      case 'close-paid':
        return this.close(known, 'PAID_FULL');
      case 'close-no-means':
        return this.close(known, 'UNCOLLECTIBLE_NO_MEANS');
    }
  }

  private plan(known: AgencyCase, on: PlainDate): Promise<void> {
    const total = this.left(known) + known.interest + known.costs;
    const arrangement = { instalments: 2, amount: decimal(scale(total, 1, 2)), currency: 'EUR', first: addDays(on, 2), interval: 'P1M' };
    return this.tell(known, 'arrangement_agreed', { arrangement });
  }

  /** The debtor pays `1/share` of what is left of each invoice, and interest and costs with the last payment. */
  private async collect(known: AgencyCase, on: PlainDate, share: number): Promise<void> {
    let [interest, costs] = share === 1 ? [known.interest, known.costs] : [0, 0];
    for (const [invoice, open] of known.principal) {
      const principal = share === 1 ? open : scale(open, 1, share);
      if (principal === 0) continue;
      const money: Collected = { on, invoice, principal, interest, costs };
      const amount = decimal(principal + interest + costs);
      known.collected.push(money);
      known.brought = true;
      known.principal.set(invoice, open - principal);
      if (share === 1) [known.interest, known.costs] = [0, 0];
      await this.tell(known, 'payment_registered', { invoice, amount, currency: 'EUR', receivedOn: on });
      [interest, costs] = [0, 0];
    }
  }

  private async settle(known: AgencyCase, on: PlainDate): Promise<void> {
    if (known.collected.length === 0) return;
    const lines = known.collected.splice(0).map((money, at) => settlementLine(known.caseId, money, at + 1));
    const settlement = {
      settlementId: `S-${on}-${++this.settlements}`,
      currency: 'EUR',
      remitted: decimal(sum(lines.map(({ net }) => minor(net)))),
      remittanceReference: `AFDRACHT ${known.reference}`,
      lines,
    };
    await this.tell(known, 'settlement_issued', { settlement });
  }

  private close(known: AgencyCase, closeCode: string): Promise<void> {
    known.ended = true;
    return this.tell(known, 'closed', { closeCode });
  }

  private status(known: AgencyCase, to: string, rawStatus: string): Promise<void> {
    return this.tell(known, 'status_changed', { to, rawStatus });
  }

  private async tell(known: AgencyCase, what: string, more: object): Promise<void> {
    const { caseId, reference } = known;
    const data = { caseId, agencyReference: reference, sequence: ++known.sequence, occurredAt: this.line.at, ...more };
    await this.line.say(`agency.case.${what}`, data);
  }
}
