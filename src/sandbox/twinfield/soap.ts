import { InputError } from '../../kernel/errors.js';
import type { Answer } from '../wire/answer.js';
import { type XmlElement, child, escapeXml, parseXml } from './rules/xml.js';

export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const TWINFIELD = 'http://www.twinfield.com/';
const SHARED = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared';

/** Codes, texts and HTTP statuses of fact sheet §3.2. Where the sheet is not sure of a status (359 to 362) it is 403. */
export const SOAP_FAULTS = {
  unexpected: { code: 100, status: 500, text: 'Unexpected error. Reference: 2026-01-01 C100001' },
  headerMissing: { code: 101, status: 500, text: 'Header is missing.' },
  accessDenied: { code: 102, status: 403, text: 'Access denied.' },
  logonInvalid: { code: 103, status: 401, text: 'Logon is invalid.' },
  logonDeleted: { code: 104, status: 403, text: 'Logon is deleted.' },
  logonDisabled: { code: 105, status: 403, text: 'Logon is disabled.' },
  organisationInactive: { code: 106, status: 403, text: 'Organisation is inactive.' },
  invalidCluster: { code: 108, status: 500, text: 'Invalid cluster.' },
  invalidXml: { code: 187, status: 500, text: 'Invalid XML data.' },
  noUserClaim: { code: 351, status: 401, text: 'Access token does not contain the organisation user code.' },
  noOrganisationClaim: { code: 352, status: 403, text: 'Access token does not contain the organisation code.' },
  tokenInvalid: { code: 354, status: 401, text: 'Access denied. Token invalid.' },
  validationUnavailable: { code: 358, status: 500, text: 'Access token validation is unavailable.' },
  companyRequired: { code: 359, status: 403, text: 'Company is required.' },
  tokenAndSession: { code: 360, status: 403, text: 'Both access token and session are given.' },
  companyIdAndCode: { code: 361, status: 403, text: 'Both company id and company code are given.' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly status: number; readonly text: string }>>;
export type SoapFault = keyof typeof SOAP_FAULTS;

/** Address of the service, and the method that failed. */
export interface FaultPlace {
  readonly actor: string;
  readonly source: string;
}

export function soapFault(fault: SoapFault, { actor, source }: FaultPlace): Answer {
  const { code, status, text } = SOAP_FAULTS[fault];
  const detail = `<detail><message>${text}</message><code>${code}</code><source>${escapeXml(source)}</source></detail>`;
  const body = `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${text}</faultstring><faultactor>${escapeXml(actor)}</faultactor>${detail}</soap:Fault>`;
  return { status, contentType: 'text/xml', body: envelope(body) };
}

export const soapAnswer = (body: string): Answer => ({ status: 200, contentType: 'text/xml', body: envelope(body) });

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SOAP}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
  `xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>${body}</soap:Body></soap:Envelope>`;

/** Not an envelope of the contract: the vendor answers 400 with nothing in it. */
export class MalformedEnvelope extends Error {
  override readonly name = 'MalformedEnvelope';
}

/** What the header says of who asks and of which office. Undefined: the element is not there. */
export interface SoapHeader {
  readonly sessionId: string | undefined;
  readonly accessToken: string | undefined;
  readonly companyCode: string | undefined;
  readonly companyId: string | undefined;
}

export interface SoapRequest {
  readonly header: SoapHeader | null;
  /** The element in the body: the method. */
  readonly method: XmlElement;
}

/** Reads a SOAP 1.1 envelope. Throws {@link MalformedEnvelope}. */
export function readEnvelope(body: Buffer, kind: 'asmx' | 'svc'): SoapRequest {
  const root = parsed(body);
  const soapBody = root.children.find(({ name, namespace }) => name === 'Body' && namespace === SOAP);
  const method = soapBody?.children[0];
  if (root.name !== 'Envelope' || root.namespace !== SOAP || !method || method.namespace !== TWINFIELD) throw new MalformedEnvelope();
  const header = root.children.find(({ name, namespace }) => name === 'Header' && namespace === SOAP);
  return { method, header: header ? (kind === 'asmx' ? asmxHeader(header) : svcHeader(header)) : null };
}

function parsed(body: Buffer): XmlElement {
  try {
    return parseXml(body.toString('utf8'));
  } catch (cause) {
    if (cause instanceof InputError) throw new MalformedEnvelope();
    throw cause;
  }
}

const ORDER = ['SessionID', 'AccessToken', 'CompanyCode', 'CompanyId'];

/** The contract fixes the order of the children, and wants CompanyId to be there, if only as nil (processxml.wsdl). */
function asmxHeader(soapHeader: XmlElement): SoapHeader | null {
  const header = soapHeader.children.find(({ name, namespace }) => name === 'Header' && namespace === TWINFIELD);
  if (!header) return null;
  const places = header.children.map(({ name, namespace }) => (namespace === TWINFIELD ? ORDER.indexOf(name) : -1));
  const inOrder = places.every((place, at) => place > (places[at - 1] ?? -1));
  const companyId = child(header, 'CompanyId');
  if (!inOrder || !companyId) throw new MalformedEnvelope();
  const isNil = companyId.attributes['nil'] === 'true';
  if (!isNil && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(companyId.text)) throw new MalformedEnvelope();
  return headerOf(header, isNil ? undefined : companyId.text);
}

function svcHeader(soapHeader: XmlElement): SoapHeader | null {
  const header = soapHeader.children.find(({ name, namespace }) => name === 'Authentication' && namespace === TWINFIELD);
  if (!header) return null;
  if (header.children.some(({ namespace }) => namespace !== SHARED)) throw new MalformedEnvelope();
  return headerOf(header, child(header, 'CompanyId')?.text);
}

const headerOf = (header: XmlElement, companyId: string | undefined): SoapHeader => ({
  sessionId: child(header, 'SessionID')?.text,
  accessToken: child(header, 'AccessToken')?.text,
  companyCode: child(header, 'CompanyCode')?.text,
  companyId,
});
