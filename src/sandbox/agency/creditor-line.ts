import { Webhook } from 'standardwebhooks';

/** How an agency is to reach a creditor: the address it was given, and the secret it signs with. */
export interface CallbackAddress {
  readonly url: string;
  readonly secret: string;
}

/** A word to a creditor and what he answered; status 0: no answer. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly answer: string;
}

const TIMEOUT_MS = 20_000;

/** The line from the agency to a creditor: signed by the library of Standard Webhooks, which knows nothing of who reads it. */
export class CreditorLine {
  /** All it said, and what came back. */
  readonly told: Told[] = [];
  private count = 0;

  /** `now`: by the agency's clock. */
  constructor(
    private readonly address: CallbackAddress,
    private readonly now: () => Date,
  ) {}

  /** The moment, UTC, as it is written into what is said. */
  get at(): string {
    return this.now().toISOString();
  }

  /** Says something; the same again under the id it had when `id` is given. */
  async say(type: string, data: Readonly<Record<string, unknown>>, id = `msg_agency_${++this.count}`): Promise<Told> {
    const at = this.now();
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
    const told = { id, type, data, ...(await this.post(id, at, body)) };
    this.told.push(told);
    return told;
  }

  private async post(id: string, at: Date, body: string): Promise<{ readonly status: number; readonly answer: string }> {
    const { url, secret } = this.address;
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    try {
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { status: response.status, answer: await response.text() };
    } catch (cause) {
      return { status: 0, answer: String(cause) };
    }
  }
}
