import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../kernel/clock.js';
import type { Answer } from '../wire/answer.js';
import { type FaultOptions, Faults } from '../wire/faults.js';
import { readBody } from '../wire/http-body.js';
import { LoopbackServer, send } from '../wire/loopback-server.js';
import { RequestLog } from '../wire/request-log.js';
import { type Insolvency, caseAnswer, isSubscriber, listAnswer, refusal } from './insolvency-answers.js';

/** How a register misbehaves. `silent`: takes the question and never answers; `wrong-format`: a page of HTML instead of an answer. */
export type RegisterFault = 'silent' | 'drop' | 'wrong-format' | 'too-many' | 'down' | 'member-state-unavailable' | 'elsewhere';

export interface Company {
  readonly active: boolean;
  readonly rating?: string;
  readonly suggestedLimit?: string;
  readonly accountsOf?: string;
}

/** Credentials of the one subscriber. */
export const SUBSCRIBER = { user: 'tegoed', password: 'geheim & co' } as const;
export const REPORT_KEY = 'report-key';
export const TRADE_REGISTER_KEY = 'kvk-key';

/**
 * Four registers behind one address of the loopback: VIES, the Dutch insolvency register, the Dutch trade register and a provider of credit reports. Written from
 * what others' programs show of them, sharing no code with what asks them. Numbers it was told nothing of are fine.
 */
export class CreditRegisterSandbox {
  /** VAT numbers (`NL123456782B01`) that are not valid. */
  readonly invalidVat = new Set<string>();
  /** By KvK number. */
  readonly insolvencies = new Map<string, Insolvency[]>();
  /** By `nl-kvk/12345678`; of others it has no report. */
  readonly companies = new Map<string, Company>();
  /** KvK numbers nobody was given. */
  readonly unregistered = new Set<string>();
  /** KvK numbers of companies that ended, with the day, `20260930`. */
  readonly endedCompanies = new Map<string, string>();
  readonly faults = new Faults<RegisterFault>();
  readonly log = new RequestLog();
  private readonly server = new LoopbackServer((request, response) => this.serve(request, response));

  constructor(private readonly clock: Clock) {}

  start(port = 0): Promise<{ readonly url: string }> {
    return this.server.start(port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  get viesUrl(): string {
    return `${this.server.url}/taxation_customs/vies/rest-api`;
  }

  get cirUrl(): string {
    return `${this.server.url}/cir.asmx`;
  }

  get kvkUrl(): string {
    return this.server.url;
  }

  get reportsUrl(): string {
    return `${this.server.url}/reports/v1`;
  }

  fault(kind: RegisterFault, options: FaultOptions = {}): void {
    this.faults.next(kind, options);
  }

  /** Questions that came to a register, by the beginning of its path. */
  asked(prefix: '/taxation' | '/cir' | '/api' | '/reports'): number {
    return this.log.count(({ path }) => path.startsWith(prefix));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const method = request.method ?? '';
    const fault = this.faults.take({ method, path });
    const body = (await readBody(request)).toString('utf8');
    const answer = fault
      ? faulty(fault.kind, path)
      : this.answer(path, body, request.headers.authorization ?? '', request.headers['apikey']);
    this.log.add({ at: this.clock.now(), method, path, query: '', status: answer?.status ?? 0, fault: fault?.kind ?? null });
    if (fault?.kind === 'drop') request.socket.destroy();
    else if (answer) send(response, answer);
  }

  private answer(path: string, body: string, authorization: string, apiKey: unknown): Answer {
    const [, prefix, number] = /^\/taxation_customs\/vies\/rest-api\/ms\/([A-Z]{2})\/vat\/(\w+)$/.exec(path) ?? [];
    if (prefix !== undefined && number !== undefined) return this.vies(prefix, number);
    if (path === '/cir.asmx') return this.cir(body);
    const [, company] = /^\/api\/v1\/basisprofielen\/(\d+)$/.exec(path) ?? [];
    if (company !== undefined) return this.profile(company, apiKey);
    const [, scheme, id] = /^\/reports\/v1\/companies\/([a-z-]+)\/(\d+)$/.exec(path) ?? [];
    if (scheme !== undefined) return this.report(`${scheme}/${id}`, authorization);
    return { status: 404, body: { message: 'no such resource' } };
  }

  private vies(prefix: string, number: string): Answer {
    const valid = !this.invalidVat.has(`${prefix}${number}`);
    const [requestDate, name] = [this.clock.now().toISOString(), valid && prefix !== 'DE' ? `BEDRIJF ${number}` : '---'];
    const body = { isValid: valid, requestDate, userError: valid ? 'VALID' : 'INVALID', name, address: '---', vatNumber: number };
    return { status: 200, body };
  }

  private cir(body: string): Answer {
    if (!isSubscriber(body, SUBSCRIBER)) return refusal('Security requirements are not satisfied');
    const [, kvk] = /<commercialRegisterID>(\d+)<\/commercialRegisterID>/.exec(body) ?? [];
    if (kvk !== undefined) return listAnswer(this.insolvencies.get(kvk) ?? []);
    const [, publication] = /<publicationNumber>([^<]+)<\/publicationNumber>/.exec(body) ?? [];
    const found = [...this.insolvencies.values()].flat().find((one) => one.publication === publication);
    return found ? caseAnswer(found) : refusal('unknown publication');
  }

  /** The trade register, API Basisprofiel. */
  private profile(kvk: string, apiKey: unknown): Answer {
    if (apiKey !== TRADE_REGISTER_KEY) return { status: 401, body: { fault: { faultstring: 'Invalid ApiKey' } } };
    const fault = { code: 'IPD0005', omschrijving: `Op basis van het KVK-nummer ${kvk} kan het product niet worden geleverd.` };
    if (this.unregistered.has(kvk)) return { status: 404, body: { fout: [fault] } };
    const ended = this.endedCompanies.get(kvk);
    const materieleRegistratie = { datumAanvang: '20150622', ...(ended !== undefined && { datumEinde: ended }) };
    return {
      status: 200,
      body: { kvkNummer: kvk, indNonMailing: 'Nee', naam: `Bedrijf ${kvk}`, formeleRegistratiedatum: '20150622', materieleRegistratie },
    };
  }

  private report(company: string, authorization: string): Answer {
    if (authorization !== `Bearer ${REPORT_KEY}`) return { status: 401, body: { message: 'unknown key' } };
    const known = this.companies.get(company);
    return known ? { status: 200, body: known } : { status: 404, body: { message: 'no report of this company' } };
  }
}

/** Null: no answer at all. */
function faulty(kind: RegisterFault, path: string): Answer | null {
  switch (kind) {
    case 'silent':
    case 'drop':
      return null;
    case 'wrong-format':
      return { status: 200, contentType: 'text/html', body: '<html><body>Onderhoud / Maintenance</body></html>' };
    case 'too-many':
      return { status: 429, headers: { 'retry-after': '7200' }, body: {} };
    case 'down':
      return { status: 503, contentType: 'text/plain', body: 'down' };
    case 'elsewhere':
      return { status: 302, headers: { location: 'http://127.0.0.1:9/' } };
    case 'member-state-unavailable':
      return path.startsWith('/taxation')
        ? { status: 200, body: { isValid: false, userError: 'MS_UNAVAILABLE', name: '', address: '' } }
        : { status: 503, body: {} };
  }
}
