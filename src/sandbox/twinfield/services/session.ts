import type { Answer } from '../../wire/answer.js';
import { TWINFIELD, soapAnswer } from '../soap.js';

export const SESSION = '/webservices/session.asmx';

/** Logging on with a name and a password is over: whoever tries is told to come by OpenID Connect (fact sheet §1.2). */
export const refusedLogon: Answer = soapAnswer(
  `<LogonResponse xmlns="${TWINFIELD}"><LogonResult>OAuth2AuthenticationRequired</LogonResult><nextAction>None</nextAction></LogonResponse>`,
);
