import { ManualClock } from '../../../src/kernel/clock.js';
import type { OfficeBooks, OfficeProfile } from '../../../src/sandbox/twinfield/books.js';
import type { ClientRegistration, Grant } from '../../../src/sandbox/twinfield/oidc-grants.js';
import type { Organisation, TwinfieldUser } from '../../../src/sandbox/twinfield/organisation.js';
import { TwinfieldSandbox, type TwinfieldSandboxOptions } from '../../../src/sandbox/twinfield/twinfield-sandbox.js';

export const CLIENT: ClientRegistration = {
  id: 'tegoed-client',
  secret: 'a-secret-of-the-sandbox',
  redirectUris: ['https://tegoed.example/twinfield/callback'],
};

export const PROFILE = { name: 'Korenaar Demo', shortname: 'Korenaar', iban: 'NL13TEST0123456789' };

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface HeaderOptions {
  readonly token?: string | null;
  readonly office?: string | null;
  /** Goes into the header as it is, in the place of everything else. */
  readonly header?: string;
  readonly action?: string;
}

export interface TwinfieldFixture {
  readonly sandbox: TwinfieldSandbox;
  readonly clock: ManualClock;
  readonly organisation: Organisation;
  readonly user: TwinfieldUser;
  readonly books: OfficeBooks;
  readonly app: ClientRegistration;
  readonly grant: Grant;
  readonly url: string;
  readonly cluster: string;
  /** ProcessXmlString; the reply's text is the whole envelope. */
  readonly call: (xml: string, options?: HeaderOptions) => Promise<Reply>;
  /** The same, and the document in the reply: fails when it is no 200. */
  readonly process: (xml: string, options?: HeaderOptions) => Promise<string>;
  /** Any service below the cluster. */
  readonly soap: (path: string, action: string, body: string, options?: HeaderOptions) => Promise<Reply>;
}

/** A running sandbox with one organisation, user and office `KD01`, at ten in the morning UTC of the day given. */
export async function startTwinfield(
  day: string,
  options: Partial<TwinfieldSandboxOptions> = {},
  app: Partial<ClientRegistration> = {},
  profile: Partial<OfficeProfile> = {},
): Promise<TwinfieldFixture> {
  const clock = new ManualClock(new Date(`${day}T10:00:00.000Z`));
  const sandbox = new TwinfieldSandbox({ clock, ...options });
  const organisation = sandbox.addOrganisation('KORENAAR');
  const user = sandbox.addUser(organisation);
  const books = sandbox.addOffice(organisation, 'KD01', { ...PROFILE, ...profile });
  const registered = sandbox.oidc.register({ ...CLIENT, ...app });
  const grant = sandbox.oidc.grant(registered, user);
  const { url } = await sandbox.start();
  const cluster = sandbox.clusterUrl(organisation);
  const soap: TwinfieldFixture['soap'] = (path, action, body, { token = grant.access?.value ?? '', office = 'KD01', header } = {}) =>
    ask(`${cluster}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"http://www.twinfield.com/${action}"` },
      body: envelope(header ?? asmxHeader(token, office), body),
    });
  const call: TwinfieldFixture['call'] = (xml, rest = {}) =>
    soap('/webservices/processxml.asmx', rest.action ?? 'ProcessXmlString', processString(xml), rest);
  return {
    sandbox,
    clock,
    organisation,
    user,
    books,
    app: registered,
    grant,
    url,
    cluster,
    soap,
    call,
    process: async (xml, rest) => {
      const reply = await call(xml, rest);
      if (reply.status !== 200) throw new Error(`${reply.status}: ${reply.text}`);
      return resultOf(reply.text);
    },
  };
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export const envelope = (header: string, body: string): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="${XSI}"><soap:Header>${header}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;

export const asmxHeader = (token: string | null, office: string | null): string =>
  `<Header xmlns="http://www.twinfield.com/">${token === null ? '' : `<AccessToken>${token}</AccessToken>`}${
    office === null ? '' : `<CompanyCode>${office}</CompanyCode>`
  }<CompanyId xsi:nil="true"/></Header>`;

export const processString = (xml: string): string =>
  `<ProcessXmlString xmlns="http://www.twinfield.com/"><xmlRequest><![CDATA[${xml}]]></xmlRequest></ProcessXmlString>`;

/** The document inside the reply of ProcessXmlString, unescaped. */
export function resultOf(text: string): string {
  const inside = /<ProcessXmlStringResult>(.*)<\/ProcessXmlStringResult>/s.exec(text)?.[1] ?? '';
  return inside.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** What a SOAP fault says. */
export const faultOf = ({ text }: Reply): string | undefined => /<code>(\d+)<\/code>/.exec(text)?.[1];

export async function ask(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000), ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Texts of all elements of a name, in order. */
export const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>|<${name}(?: [^>]*)?/>`, 'g'))].map((found) => found[1] ?? '');
