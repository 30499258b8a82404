import { undoMatch } from '../matching.js';
import { officeOf } from '../organisation.js';
import { costOfAction } from '../rules/credits.js';
import { escapeXml, textOf } from '../rules/xml.js';
import { TWINFIELD, soapAnswer } from '../soap.js';
import { type Service, type ServiceCall, ServiceFault } from './service.js';

/** `UndoMatch`: what was settled is open again. No message is success (fact sheet §7.1). */
export const matching: Service = {
  path: '/webservices/matching.asmx',
  kind: 'asmx',
  action: (method) => `${TWINFIELD}${method}`,
  operation: ({ name }) => name,
  cost: ({ name }) => costOfAction(name),
  needsOffice: () => true,
  answer: (call) => {
    if (call.method.name !== 'UndoMatch') throw new ServiceFault('unexpected');
    const problem = undo(call);
    const message = problem === null ? '' : messageXml(problem);
    return soapAnswer(`<UndoMatchResponse xmlns="${TWINFIELD}"><UndoMatchResult>${message}</UndoMatchResult></UndoMatchResponse>`);
  },
};

type Problem = 'DimensionNotFoundByType' | 'MatchNotFound';

function undo({ user, method, at }: ServiceCall): Problem | null {
  const books = officeOf(user, textOf(method, 'office') ?? '');
  if (!books) throw new ServiceFault('accessDenied');
  const customer = textOf(method, 'dimension') ?? '';
  if (textOf(method, 'dimensionType') !== 'DEB' || !books.customers.has(customer)) return 'DimensionNotFoundByType';
  const set = books.setsOf(customer).find(({ number }) => String(number) === textOf(method, 'matchNumber'));
  if (!set) return 'MatchNotFound';
  undoMatch(books, set, at, user.code);
  return null;
}

const messageXml = (code: Problem): string =>
  `<MessageOfUndoSetByTypeResult><Type>Error</Type><Text>${escapeXml(TEXTS[code])}</Text><Code>${code}</Code><Parameters/></MessageOfUndoSetByTypeResult>`;

const TEXTS: Readonly<Record<Problem, string>> = {
  DimensionNotFoundByType: 'Dimensie niet gevonden.',
  MatchNotFound: 'Aflettering niet gevonden.',
};
