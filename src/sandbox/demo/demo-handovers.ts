import type { PlainDate } from '../../kernel/plain-date.js';
import { smallPdf } from '../moneybird/pdf.js';
import type { ApiClient } from './api-client.js';

/** A claim that was handed over, as it is printed. */
export interface HandoverFigures {
  readonly debtor: string;
  readonly principal: string;
  readonly state: string;
  readonly closeCode: string | null;
  /** What the agency passed on of the principal. */
  readonly received: string;
  readonly agencyReference: string | null;
}

interface ListedAct {
  readonly id: string;
  readonly debtorId: string;
  readonly kind: string;
  readonly state: string;
  readonly channel: string | null;
}

interface Preview {
  readonly result: 'READY' | 'READY_WITH_WARNINGS' | 'BLOCKED';
  readonly reasons: readonly {
    readonly code: string;
    readonly severity: string;
    readonly invoiceId: string | null;
    readonly text: string;
  }[];
  readonly debtor: { readonly id: string };
  readonly principal: string;
  readonly invoices: readonly { readonly id: string; readonly number: string }[];
}

/** The owner of the company at his desk: he calls, posts letters, completes and approves what is proposed, and answers the agency. */
export class HandoverDesk {
  constructor(
    private readonly api: ApiClient,
    /** Of the administration: `/api/v1/administrations/…`. */
    private readonly path: string,
  ) {}

  /** Works the list of a day: calls are made, letters posted, and what can be handed over is approved. Gives how many claims went. */
  async workOn(day: PlainDate): Promise<number> {
    let handedOver = 0;
    for (const act of await this.api.get<ListedAct[]>(`${this.path}/acts?day=${day}`)) {
      if (act.state === 'to-do' && act.kind === 'call') await this.call(act);
      else if (act.state === 'to-do' && act.channel === 'letter') await this.api.post(`${this.path}/acts/${act.id}/sent`, { sentOn: day });
      else if (act.state === 'awaiting-approval' && act.kind === 'propose-handover') handedOver += await this.handOver(act);
      else if (act.state === 'awaiting-approval' && act.kind === 'demand') await this.api.post(`${this.path}/acts/${act.id}/approve`);
    }
    return handedOver;
  }

  private async handOver({ id }: ListedAct): Promise<number> {
    const proposal = `${this.path}/handovers/proposals/${id}`;
    await this.complete(await this.api.get<Preview>(proposal));
    const { result, principal } = await this.api.get<Preview>(proposal);
    if (result === 'BLOCKED') return 0;
    await this.api.post(`${proposal}/approve`, { principal });
    return 1;
  }

  private call({ id, debtorId }: ListedAct): Promise<unknown> {
    return this.api.post(`${this.path}/calls`, {
      debtorId,
      actId: id,
      outcome: 'reached',
      note: 'Zegt dat er betaald wordt, noemt geen dag.',
    });
  }

  /** Answers whatever the agency asked. */
  async answerAll(): Promise<void> {
    for (const { id } of await this.api.get<{ id: string }[]>(`${this.path}/handovers`)) {
      const { openTasks } = await this.api.get<{ openTasks: { id: string; kind: string }[] }>(`${this.path}/handovers/${id}`);
      for (const { id: taskId, kind } of openTasks) {
        if (kind === 'approve-legal') await this.api.post(`${this.path}/handover-tasks/${taskId}/approve`, {});
        if (!ANSWERED.includes(kind)) continue;
        await this.api.post(`${this.path}/handovers/${id}/answers`, { taskId, answer: 'Geleverd en afgetekend; ga door.' });
      }
    }
  }

  async figures(): Promise<HandoverFigures[]> {
    const cases = await this.api.get<HandoverFigures[]>(`${this.path}/handovers`);
    return cases.map(({ debtor, principal, state, closeCode, received, agencyReference }) => ({
      ...{ debtor, principal, state, closeCode, received, agencyReference },
    }));
  }

  /** Adds the copies that are missing, as somebody would who has them in a drawer. */
  private async complete({ reasons, debtor, invoices }: Preview): Promise<void> {
    const documents = `${this.path}/debtors/${encodeURIComponent(debtor.id)}/documents`;
    for (const { id, number } of invoices) {
      if (!reasons.some(({ code, invoiceId }) => code === 'invoice-copy-missing' && invoiceId === id)) continue;
      await this.api.uploadDocument(documents, {
        kind: 'INVOICE',
        invoiceId: id,
        name: `${number}.pdf`,
        content: smallPdf([`Factuur ${number}`]),
      });
    }
    if (reasons.some(({ code }) => code === 'contract-missing'))
      await this.api.uploadDocument(documents, { kind: 'ORDER', name: 'opdracht.pdf', content: smallPdf([`Opdracht van ${debtor.id}`]) });
  }
}

const ANSWERED: readonly string[] = ['answer-question', 'answer-dispute'];
