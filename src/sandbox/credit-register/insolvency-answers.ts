import type { Answer } from '../wire/answer.js';

/** One proceeding as the register would tell of it. */
export interface Insolvency {
  /** `01.dha.26.123.F.1300.1.26` */
  readonly publication: string;
  /** `F.01/26/123` */
  readonly number: string;
  readonly court: string;
  readonly trustee?: { readonly titles: string; readonly initials: string; readonly surname: string };
  /** Oldest first: `Uitspraak faillissement op 02 november 2026`. */
  readonly publications: readonly { readonly date: string; readonly words: string }[];
}

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const CIR = 'http://www.rechtspraak.nl/namespaces/cir01';
const CONTENT = 'http://www.rechtspraak.nl/namespaces/inspubber01';

const soap = (body: string, status = 200): Answer => ({
  status,
  contentType: 'text/xml; charset=utf-8',
  body: `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${ENVELOPE}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
});

export const refusal = (words: string): Answer =>
  soap(`<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${words}</faultstring></soap:Fault>`, 500);

/** Whether a question carries the subscriber's name and password, as the web service wants them: in its header, in plain text over TLS. */
export function isSubscriber(question: string, { user, password }: { readonly user: string; readonly password: string }): boolean {
  const field = (name: string): string => plain(new RegExp(`<wsse:${name}[^>]*>([^<]*)</wsse:${name}>`).exec(question)?.[1] ?? '');
  return field('Username') === user && field('Password') === password;
}

const plain = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replace(/&amp;/g, '&');

export const listAnswer = (insolvencies: readonly Insolvency[]): Answer =>
  soap(
    `<searchUndertakingResponse xmlns="${CIR}"><searchUndertakingResult><publicatieLijst xmlns="${CONTENT}">${insolvencies
      .map(({ publication }) => `<publicatieKenmerk>${publication}</publicatieKenmerk>`)
      .join('')}</publicatieLijst></searchUndertakingResult></searchUndertakingResponse>`,
  );

export const caseAnswer = ({ number, court, trustee, publications }: Insolvency): Answer =>
  soap(
    `<getCaseResponse xmlns="${CIR}"><getCaseResult><inspubWebserviceInsolvente xmlns="${CONTENT}"><insolvente>` +
      `<insolventienummer>${number}</insolventienummer><behandelendeInstantieNaam>${court}</behandelendeInstantieNaam>` +
      (trustee
        ? `<cbvers><cbv><titulatuur>${trustee.titles}</titulatuur><voorletters>${trustee.initials}</voorletters>` +
          `<achternaam>${trustee.surname}</achternaam></cbv></cbvers>`
        : '') +
      `<publicatiegeschiedenis>${publications
        .map(
          ({ date, words }) =>
            `<publicatie><publicatieDatum>${date}</publicatieDatum><publicatieOmschrijving>${words}</publicatieOmschrijving></publicatie>`,
        )
        .join('')}</publicatiegeschiedenis></insolvente></inspubWebserviceInsolvente></getCaseResult></getCaseResponse>`,
  );
