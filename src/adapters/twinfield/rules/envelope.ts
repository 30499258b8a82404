import { type Result, err, ok } from '../../../kernel/result.js';
import { TWINFIELD } from '../vendor.js';
import { ATTRIBUTES, type XmlElement, type XmlValue, at, buildXml, childOf, parseXml, textAt } from './xml.js';

/** Whom a call speaks for. `office` null: the one call that has none, the list of offices (§1.3). */
export interface Caller {
  readonly token: string;
  readonly office: string | null;
}

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const SCHEMA = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * The envelope of a method of an `.asmx` service (§1.3, §9). The office goes by its code; the empty `CompanyId` is what the contract wants,
 * and both filled would be refused.
 */
export function methodEnvelope({ token, office }: Caller, method: string, content: XmlValue): string {
  return envelope(
    { 'xmlns:soap': SOAP, 'xmlns:xsi': SCHEMA },
    {
      Header: {
        [ATTRIBUTES]: { xmlns: TWINFIELD.namespace },
        AccessToken: token,
        CompanyCode: office ?? undefined,
        CompanyId: { [ATTRIBUTES]: { 'xsi:nil': 'true' } },
      },
    },
    { [method]: withNamespace(content) },
  );
}

/** The envelope of ProcessXml: XML as text within XML (§2). */
export const processEnvelope = (caller: Caller, inner: string): string =>
  methodEnvelope(caller, 'ProcessXmlString', { xmlRequest: INNER }).replace(
    INNER,
    () => `<![CDATA[${inner.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
  );

/** Stands for the inner request while the envelope is built. */
const INNER = 'tegoed-inner-request';

/** The envelope of a query of a `.svc` service: other names in other namespaces (§1.3, §9). */
export function queryEnvelope(
  { token, office }: Caller,
  type: string,
  namespace: string,
  fields: Readonly<Record<string, string>>,
): string {
  const members = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`a:${name}`, value]));
  return envelope(
    { 'xmlns:soap': SOAP },
    {
      't:Authentication': {
        [ATTRIBUTES]: { 'xmlns:t': TWINFIELD.namespace, 'xmlns:s': TWINFIELD.sharedNamespace },
        's:AccessToken': token,
        's:CompanyCode': office ?? undefined,
      },
    },
    {
      Query: {
        [ATTRIBUTES]: { 'i:type': `a:${type}`, xmlns: TWINFIELD.namespace, 'xmlns:i': SCHEMA, 'xmlns:a': namespace },
        ...members,
      },
    },
  );
}

const envelope = (namespaces: Readonly<Record<string, string>>, header: XmlValue, body: XmlValue): string =>
  buildXml('soap:Envelope', { [ATTRIBUTES]: namespaces, 'soap:Header': header, 'soap:Body': body });

const withNamespace = (content: XmlValue): XmlValue => ({ [ATTRIBUTES]: { xmlns: TWINFIELD.namespace }, ...(content as object) });

/** A SOAP fault (§3.2): its numeric code, null when it has none, and its words in the language of the user. */
export interface SoapFault {
  readonly code: string | null;
  readonly words: string;
}

/** What stands in an answer's body: the one element in it, or a fault. Fails with `not-soap` on anything else. */
export function bodyIn(text: string): Result<{ readonly content: XmlElement } | { readonly fault: SoapFault }> {
  const parsed = parseXml(text);
  if (!parsed.ok) return err({ code: 'not-soap', message: parsed.error.message });
  const content = childOf(parsed.value, 'Body')?.children[0];
  if (parsed.value.name !== 'Envelope' || content === undefined) return err({ code: 'not-soap', message: 'it is no SOAP envelope' });
  return ok(content.name === 'Fault' ? { fault: faultIn(content) } : { content });
}

/** `detail` of an `.asmx` holds message, code and source; that of a `.svc` one element with Code and Message. */
function faultIn(fault: XmlElement): SoapFault {
  const detail = childOf(fault, 'detail');
  const inner = detail?.children[0];
  const code = textAt(detail, 'code') ?? textAt(inner, 'Code');
  const words = textAt(detail, 'message') ?? textAt(inner, 'Message') ?? textAt(fault, 'faultstring') ?? '';
  return { code, words };
}

/** The XML inside an answer of ProcessXml (§2). Fails with `not-soap`. */
export function processResult(content: XmlElement): Result<XmlElement> {
  const result = at(content, 'ProcessXmlStringResult');
  return result === undefined ? err({ code: 'not-soap', message: 'it has no result' }) : parseXml(result.text);
}
