import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../kernel/clock.js';
import type { Answer } from '../wire/answer.js';
import type { OfficeBooks } from './books.js';
import type { CallGuard } from './call-guard.js';
import type { Grant, OidcGrants } from './oidc-grants.js';
import { officesOf } from './organisation.js';
import { MATCHING_TRAIL, matchingTrail } from './services/audit-trail.js';
import { bankStatements } from './services/bank-statements.js';
import { deletedTransactions } from './services/deleted-transactions.js';
import { finder } from './services/finder.js';
import { matching } from './services/matching-service.js';
import { processXml } from './services/process-xml.js';
import { type Service, ServiceFault, TooMuch } from './services/service.js';
import { SESSION, refusedLogon } from './services/session.js';
import { MalformedEnvelope, type SoapFault, type SoapHeader, type SoapRequest, readEnvelope, soapFault } from './soap.js';

/** A request to a cluster as it came. */
export interface ClusterCall {
  readonly cluster: number;
  /** Address of the cluster. */
  readonly base: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Calls back when the answer is out. */
  readonly closed: (leave: () => void) => void;
}

/** A request as it was understood, and what answers it. */
export interface Call {
  /** With what is asked for behind a `#`. */
  readonly path: string;
  readonly office: string | null;
  readonly place: { readonly actor: string; readonly source: string };
  readonly answer: (how: { readonly halfway: boolean }) => Answer;
}

const SERVICES: readonly Service[] = [processXml, finder, matching, bankStatements, deletedTransactions];

/** What stands at the addresses of a cluster: who asks is found out, may they, can they afford it, and then the service answers. */
export class ClusterApi {
  constructor(
    private readonly grants: OidcGrants,
    private readonly guard: CallGuard,
    private readonly clock: Clock,
  ) {}

  prepare(call: ClusterCall): Call {
    const service = SERVICES.find(({ path }) => path === call.path);
    if (service) return this.soapCall(call, service);
    const trail = MATCHING_TRAIL.exec(call.path);
    if (trail) return bareCall(call, () => this.restAnswer(call, trail[1] ?? '', trail[2] ?? ''));
    return bareCall(call, () => (call.path === SESSION ? refusedLogon : { status: 404 }));
  }

  private soapCall(call: ClusterCall, service: Service): Call {
    if (call.method !== 'POST') return bareCall(call, () => ({ status: 405 }));
    if (!String(call.headers['content-type']).startsWith('text/xml')) return bareCall(call, () => ({ status: 415 }));
    const request = understood(call, service);
    if (!request) return bareCall(call, () => ({ status: 400 }));
    const { method, header } = request;
    const grant = this.grants.accept(header?.accessToken ?? '');
    if (grant) call.closed(this.guard.enter(grant));
    return {
      path: `${call.path}#${service.operation(method)}`,
      office: header?.companyCode ?? null,
      place: { actor: `${call.base}${call.path}`, source: method.name },
      answer: ({ halfway }) => this.soapAnswer(call, service, request, halfway),
    };
  }

  private soapAnswer(call: ClusterCall, service: Service, { header, method }: SoapRequest, halfway: boolean): Answer {
    const fault = (name: SoapFault): Answer => soapFault(name, { actor: `${call.base}${call.path}`, source: method.name });
    const who = this.identify(header, call.cluster);
    if (typeof who === 'string') return fault(who);
    const { refusal, headers } = this.guard.take(who, service.cost(method));
    if (refusal) return refusal;
    const office = officeOfHeader(header, who, service.needsOffice(method));
    if (typeof office === 'string') return fault(office);
    try {
      const answered = service.answer({ user: who.user, office, method, at: this.clock.now(), halfway });
      return { ...answered, headers: { ...answered.headers, ...headers } };
    } catch (cause) {
      if (cause instanceof TooMuch) return { status: 400, headers };
      if (cause instanceof ServiceFault) return { ...fault(cause.fault), headers };
      throw cause;
    }
  }

  /** The consent behind a header, or the fault. */
  private identify(header: SoapHeader | null, cluster: number): Grant | SoapFault {
    if (!header) return 'headerMissing';
    if (header.sessionId) return header.accessToken ? 'tokenAndSession' : 'logonInvalid';
    const grant = this.grants.accept(header.accessToken ?? '');
    if (!grant) return 'tokenInvalid';
    const { user, scopes } = grant;
    if (user.state !== 'active') return user.state === 'deleted' ? 'logonDeleted' : 'logonDisabled';
    if (!user.organisation.active) return 'organisationInactive';
    if (!scopes.has('twf.organisationUser')) return 'noUserClaim';
    if (!scopes.has('twf.organisation')) return 'noOrganisationClaim';
    return user.organisation.cluster === cluster ? grant : 'invalidCluster';
  }

  private restAnswer(call: ClusterCall, organisationId: string, companyId: string): Answer {
    const grant = this.grants.accept(/^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '');
    if (!grant) return { status: 401 };
    const { refusal, headers } = this.guard.take(grant, 1);
    if (refusal) return refusal;
    if (call.method !== 'GET') return { status: 405, headers };
    const { user } = grant;
    const mayRead = grant.scopes.has('readBookkeepingMatches') && user.readsAuditTrail && user.organisation.id === organisationId;
    const books = officesOf(user).find(({ id }) => id === companyId);
    if (!mayRead || !books || user.organisation.cluster !== call.cluster) return { status: 403, headers };
    return { ...matchingTrail(books, call.query), headers };
  }
}

/** One that names no operation and no office. */
const bareCall = ({ path, base }: ClusterCall, answer: () => Answer): Call => ({
  path,
  office: null,
  place: { actor: base, source: '' },
  answer,
});

function understood({ body, headers }: ClusterCall, service: Service): SoapRequest | null {
  try {
    const request = readEnvelope(body, service.kind);
    const action = String(headers['soapaction'] ?? '').replace(/^"(.*)"$/, '$1');
    return action === service.action(request.method.name) ? request : null;
  } catch (cause) {
    if (cause instanceof MalformedEnvelope) return null;
    throw cause;
  }
}

/** The office a header names, null for none, or the fault. */
function officeOfHeader(header: SoapHeader | null, { user }: Grant, isNeeded: boolean): OfficeBooks | SoapFault | null {
  const { companyCode, companyId } = header ?? {};
  if (companyCode && companyId) return 'companyIdAndCode';
  if (!companyCode && !companyId) return isNeeded ? 'companyRequired' : null;
  return officesOf(user).find(({ code, id }) => code === companyCode || id === companyId) ?? 'accessDenied';
}
