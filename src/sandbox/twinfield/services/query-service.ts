import type { Answer } from '../../wire/answer.js';
import { parsePlainDate, type PlainDate } from '../../../kernel/plain-date.js';
import { type XmlElement, child, writeXml } from '../rules/xml.js';
import { TWINFIELD, soapAnswer } from '../soap.js';
import { type Service, type ServiceCall, ServiceFault } from './service.js';

/** A command/query service: one `Query` whose `i:type` says which (fact sheet §2). */
export interface QueryService {
  readonly name: string;
  /** Behind `…/2004/07/Twinfield.WebServices.`. */
  readonly contract: string;
  /** Gives what goes into `QueryResult`, with its type. */
  readonly queries: Readonly<Record<string, (call: ServiceCall) => { readonly type: string; readonly content: readonly XmlElement[] }>>;
}

const CONTRACTS = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.';

export function queryService({ name, contract, queries }: QueryService): Service {
  return {
    path: `/webservices/${name}.svc`,
    kind: 'svc',
    action: (method) => `${TWINFIELD}${name}/${method}`,
    operation: typeOf,
    cost: (method) => (method.name === 'Query' ? 1 : 3),
    needsOffice: () => true,
    answer: (call) => {
      const query = call.method.name === 'Query' ? queries[typeOf(call.method)] : undefined;
      if (!query || call.method.children.some(({ namespace }) => namespace !== `${CONTRACTS}${contract}`))
        throw new ServiceFault('unexpected');
      const { type, content } = query(call);
      return answerOf(`${CONTRACTS}${contract}`, type, content);
    },
  };
}

/** `a:GetBankStatements` → `GetBankStatements`. */
const typeOf = (method: XmlElement): string => (method.attributes['type'] ?? '').replace(/^.*:/, '');

function answerOf(namespace: string, type: string, content: readonly XmlElement[]): Answer {
  const inside = content.map((each) => writeXml(prefixed(each))).join('');
  const instance = 'http://www.w3.org/2001/XMLSchema-instance';
  return soapAnswer(
    `<QueryResponse xmlns="${TWINFIELD}"><QueryResult i:type="a:${type}" xmlns:a="${namespace}" xmlns:i="${instance}">${inside}</QueryResult></QueryResponse>`,
  );
}

const prefixed = (element: XmlElement): XmlElement => ({
  ...element,
  name: `a:${element.name}`,
  children: element.children.map(prefixed),
});

/** `2025-04-01T00:00:00`; undefined when it is not given. Throws the fault for anything else. */
export function dayOf(method: XmlElement, name: string): PlainDate | undefined {
  const given = child(method, name);
  if (!given || given.attributes['nil'] === 'true') return undefined;
  const day = parsePlainDate(given.text.trim().slice(0, 10));
  if (!day.ok || !/^.{10}T\d\d:\d\d:\d\d/.test(given.text.trim())) throw new ServiceFault('unexpected');
  return day.value;
}

/** An element that is nil when there is nothing. */
export const nillable = (name: string, text: string | null): XmlElement => ({
  name,
  namespace: '',
  attributes: text === null ? { 'i:nil': 'true' } : {},
  children: [],
  text: text ?? '',
});
