import { randomBytes, randomUUID } from 'node:crypto';
import { type XmlElement, at, childOf, parseXml, walk } from '../../adapters/twinfield/rules/xml.js';
import type { Clock } from '../../kernel/clock.js';
import { type Result, ok } from '../../kernel/result.js';
import { httpSender } from '../../platform/outgoing/http.js';
import type { LookupFailure, Proceeding } from '../rules/findings.js';
import type { Register } from './register.port.js';
import { bodyOf, failed } from './answered.js';
import { proceedingIn, publicationsIn } from '../rules/insolvency-case.js';

export interface CirOptions {
  /** `https://webservice.rechtspraak.nl/cir.asmx`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

const NS = 'http://www.rechtspraak.nl/namespaces/cir01';
const WSA = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
/** A company in more proceedings than this is looked at by a person anyway. */
const CASES_MAX = 5;

/** The Dutch Central Insolvency Register, web service for subscribers: by KvK number first the publications, then the case of each. */
export function cirRegister(options: CirOptions): Register {
  return {
    name: 'cir',
    what: 'insolvency',
    cost: 0,
    validDays: 7,
    subjectOf: ({ registry }) => (registry?.scheme === 'nl-kvk' ? registry.id : null),
    ask: async (kvk) => {
      const search = await call(options, 'searchUndertaking', `<commercialRegisterID>${escaped(kvk)}</commercialRegisterID>`);
      if (!search.ok) return search;
      const publications = publicationsIn(search.value);
      if (publications === null) return failed('wrong-format', 'the answer has no list of publications');
      const proceedings = new Map<string, Proceeding>();
      for (const publication of publications.slice(0, CASES_MAX)) {
        const answer = await call(options, 'getCase', `<publicationNumber>${escaped(publication)}</publicationNumber>`);
        if (!answer.ok) return answer;
        const proceeding = proceedingIn(answer.value);
        if (proceeding === null) return failed('wrong-format', `the case of ${publication} cannot be read`);
        proceedings.set(proceeding.number, proceeding);
      }
      return ok({ what: 'insolvency', proceedings: [...proceedings.values()] });
    },
  };
}

async function call(options: CirOptions, operation: string, content: string): Promise<Result<XmlElement, LookupFailure>> {
  const { url, timeoutMs } = options;
  const send = httpSender({ timeoutMs, maxAnswerBytes: 1024 * 1024 });
  const action = `${NS}/${operation}`;
  const outcome = await send({
    method: 'POST',
    url,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` },
    body: envelope(options, action, `<${operation} xmlns="${NS}">${content}</${operation}>`),
  });
  // A SOAP fault comes with 500.
  const body = outcome.kind === 'answer' && outcome.status === 500 && outcome.body.includes('Fault') ? ok(outcome.body) : bodyOf(outcome);
  if (!body.ok) return body;
  const xml = parseXml(body.value);
  const soapBody = xml.ok ? childOf(xml.value, 'Body') : undefined;
  if (!soapBody) return failed('wrong-format', 'the answer is no SOAP');
  const fault = at(soapBody, 'Fault');
  if (fault)
    return failed(
      'refused',
      [...walk(fault)]
        .map(({ element }) => element.text.trim())
        .join(' ')
        .trim()
        .slice(0, 300),
    );
  const exception = [...walk(soapBody)].find(({ element }) => element.name === 'exceptie')?.element;
  if (exception) return failed('refused', exception.text.trim().slice(0, 300));
  const result = at(soapBody, `${operation}Response`, `${operation}Result`);
  return result ? ok(result) : failed('wrong-format', `the answer is none to ${operation}`);
}

function envelope({ url, user, password, clock }: CirOptions, action: string, body: string): string {
  const created = clock.now().toISOString();
  return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="${WSA}" xmlns:wsse="${WSS}-wssecurity-secext-1.0.xsd" xmlns:wsu="${WSS}-wssecurity-utility-1.0.xsd">
  <soap:Header>
    <wsa:Action>${action}</wsa:Action><wsa:MessageID>urn:uuid:${randomUUID()}</wsa:MessageID><wsa:To>${escaped(url)}</wsa:To>
    <wsse:Security soap:mustUnderstand="1"><wsse:UsernameToken>
      <wsse:Username>${escaped(user)}</wsse:Username>
      <wsse:Password Type="${WSS}-username-token-profile-1.0#PasswordText">${escaped(password)}</wsse:Password>
      <wsse:Nonce>${randomBytes(16).toString('base64')}</wsse:Nonce><wsu:Created>${created}</wsu:Created>
    </wsse:UsernameToken></wsse:Security>
  </soap:Header>
  <soap:Body>${body}</soap:Body>
</soap:Envelope>`;
}

const escaped = (text: string): string => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
