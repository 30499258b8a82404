import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';
import type { OutgoingRequest, Outcome } from './outcome.js';

/** Every outgoing request has these: there is no waiting without end and no answer without a size. */
export interface HttpLimits {
  /** For the whole exchange, also when the answer trickles in. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

/** Who makes the connections, where it matters which (handover: only to addresses that were looked at). */
export interface Connections {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/** Sends one request, once. Never throws for what the network or the other side does. */
export type Send = (request: OutgoingRequest, signal?: AbortSignal) => Promise<Outcome>;

/**
 * The one way out of the house. Redirects are not followed: the authorization header must reach nobody but the host it was meant
 * for. Proxy variables of the environment are ignored for the same reason.
 */
export function httpSender(limits: HttpLimits, connections?: Connections): Send {
  const client = axios.create({
    ...connections,
    timeout: limits.timeoutMs,
    maxRedirects: 0,
    maxContentLength: limits.maxAnswerBytes,
    proxy: false,
    responseType: 'text',
    // The body stays the text that came: what it is, the caller decides.
    transformResponse: [(body: unknown) => body],
    transformRequest: [(body: unknown) => body],
    validateStatus: () => true,
  });
  return async (request, signal) => {
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    try {
      const response = await client.request<string | Buffer>({
        method: request.method,
        url: request.url,
        headers: { ...request.headers },
        data: request.body,
        responseType: request.binary ? 'arraybuffer' : 'text',
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      });
      return { kind: 'answer', status: response.status, headers: headerTexts(response.headers), body: textOf(response.data) };
    } catch (cause) {
      if (!isAxiosError(cause)) throw cause;
      // The axios error holds the request with its token: only code and text leave this function.
      const { code, message, cause: system } = cause;
      const reason = deadline.aborted ? `no answer within ${limits.timeoutMs} ms` : `${code ?? 'error'}: ${message}`;
      return { kind: 'no-answer', reached: isBeforeConnection(code, system) ? 'no' : 'maybe', reason };
    }
  };
}

const textOf = (data: string | Buffer | undefined): string => (Buffer.isBuffer(data) ? data.toString('latin1') : (data ?? ''));

function isBeforeConnection(code: string | undefined, system: unknown): boolean {
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ERR_INVALID_URL') return true;
  const call = (system as { syscall?: unknown } | undefined)?.syscall;
  return call === 'connect' || call === 'getaddrinfo';
}

function headerTexts(headers: object): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) texts[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return texts;
}
