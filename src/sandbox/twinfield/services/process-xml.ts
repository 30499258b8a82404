import { InputError } from '../../../kernel/errors.js';
import { costOfRoot } from '../rules/credits.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, el, escapeXml, parseXml, textOf, writeXml } from '../rules/xml.js';
import { TWINFIELD, soapAnswer } from '../soap.js';
import { browse } from './browse.js';
import { list } from './list.js';
import { match } from './match.js';
import { type Asked, refusedWith } from './outcome.js';
import { read } from './read.js';
import { type Service, ServiceFault, TooMuch } from './service.js';
import { writeDimensions } from './write-dimensions.js';
import { writeStatements } from './write-statements.js';
import { writeTransactions } from './write-transactions.js';

type Operation = (asked: Asked, root: XmlElement) => XmlElement;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  list,
  read,
  columns: browse,
  dimension: writeDimensions,
  dimensions: writeDimensions,
  transaction: writeTransactions,
  transactions: writeTransactions,
  match,
  statement: writeStatements,
  statements: writeStatements,
};
/** Roots that may hold several objects. */
const BATCHES: readonly string[] = ['dimensions', 'transactions', 'match', 'statements'];
const MOST_OBJECTS = 25;

/** The one service nearly everything goes through: what it does is decided by the root of the document inside (fact sheet §2). */
export const processXml: Service = {
  path: '/webservices/processxml.asmx',
  kind: 'asmx',
  action: (method) => `${TWINFIELD}${method}`,
  operation: (method) => rootOf(method)?.name ?? method.name,
  cost: (method) => costOfRoot(rootOf(method)?.name ?? ''),
  needsOffice: (method) => !isListOfOffices(rootOf(method)),
  answer: ({ user, office, method, at, halfway }) => {
    const root = rootOf(method);
    if (method.name === 'ProcessXmlCompressed' || !/^ProcessXml(String|Document)$/.test(method.name)) throw new ServiceFault('unexpected');
    if (!root) throw new ServiceFault('invalidXml');
    if (BATCHES.includes(root.name) && root.children.length > MOST_OBJECTS) throw new TooMuch();
    const asked: Asked = { user, office, at };
    const isHalved = halfway && BATCHES.includes(root.name);
    const taken = isHalved ? { ...root, children: root.children.slice(0, Math.floor(root.children.length / 2)) } : root;
    const operation = OPERATIONS[root.name];
    const result = operation ? operation(asked, taken) : el(root.name, refusedWith(MESSAGES.notImplemented, user.language));
    return soapAnswer(inMethod(method.name, result));
  },
};

/** The document inside; null when it is none, or stands in the vendor's own namespace. */
function rootOf(method: XmlElement): XmlElement | null {
  const request = child(method, 'xmlRequest');
  if (!request) return null;
  const root = method.name === 'ProcessXmlDocument' ? request.children[0] : parsed(request.text);
  return root && root.namespace === '' ? root : null;
}

function parsed(text: string): XmlElement | null {
  try {
    return parseXml(text);
  } catch (cause) {
    if (cause instanceof InputError) return null;
    throw cause;
  }
}

const isListOfOffices = (root: XmlElement | null): boolean => root?.name === 'list' && textOf(root, 'type') === 'offices';

/** As a text it is escaped once more; as a document it stands in no namespace. */
function inMethod(method: string, result: XmlElement): string {
  const isDocument = method === 'ProcessXmlDocument';
  const inside = isDocument ? writeXml({ ...result, attributes: { xmlns: '', ...result.attributes } }) : escapeXml(writeXml(result));
  return `<${method}Response xmlns="${TWINFIELD}"><${method}Result>${inside}</${method}Result></${method}Response>`;
}
