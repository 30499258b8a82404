import type { Answer } from '../../wire/answer.js';
import { officeOf } from '../organisation.js';
import { costOfAction } from '../rules/credits.js';
import { type XmlElement, child, childrenOf, el, leaf, textOf, writeXml } from '../rules/xml.js';
import { TWINFIELD, soapAnswer } from '../soap.js';
import { type FinderError, type Options, SEARCHES } from './finder-searches.js';
import { type Service, type ServiceCall, ServiceFault } from './service.js';

const PAGE = 25;

/**
 * `Search`: master data by a pattern, in pages (fact sheet §5.3). The office is an option; the one of the header counts for nothing. Bad input
 * is no fault but a message in the answer.
 */
export const finder: Service = {
  path: '/webservices/finder.asmx',
  kind: 'asmx',
  action: (method) => `${TWINFIELD}${method}`,
  operation: ({ name }) => name,
  cost: ({ name }) => costOfAction(name),
  needsOffice: () => false,
  answer: (call) => {
    if (call.method.name !== 'Search') throw new ServiceFault('unexpected');
    return search(call);
  },
};

function search({ user, method }: ServiceCall): Answer {
  const type = textOf(method, 'type') ?? '';
  const kind = SEARCHES[type];
  if (!kind) return refused('InvalidFinderType', type);
  const options = optionsOf(method);
  const unknown = [...options.keys()].find((name) => !kind.options.includes(name));
  if (unknown !== undefined) return refused('OptionNotAllowed', unknown);
  const [first, most] = ['firstRow', 'maxRows'].map((name) => Number(textOf(method, name)));
  if (!first || first < 1 || !most || most < 1 || most > PAGE)
    return refused('ParameterOutOfRange', !first || first < 1 ? 'firstRow' : 'maxRows');
  const named = options.get('office');
  const office = named === undefined ? null : (officeOf(user, named) ?? null);
  if (kind.needsOffice && !office) return refused(named === undefined ? 'OptionMandatory' : 'NoAccessToOffice', 'office');
  const found = kind.search({ user, office, options });
  if (typeof found === 'string') return refused(found, type);
  const pattern = likeOf(textOf(method, 'pattern') || '*');
  const field = Number(textOf(method, 'field') ?? '0');
  const shown = found.rows.filter((row) =>
    (field === 1 ? [row[0]] : field === 2 ? [row[1]] : row.slice(0, 2)).some((text) => pattern.test(text ?? '')),
  );
  return answered([], shown.length, found.columns, shown.slice(first - 1, first - 1 + most));
}

function optionsOf(method: XmlElement): Options {
  const block = child(method, 'options');
  const pairs = block ? childrenOf(block, 'ArrayOfString').map((pair) => childrenOf(pair, 'string').map(({ text }) => text.trim())) : [];
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

const likeOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );

const strings = (texts: readonly string[]): XmlElement[] => texts.map((text) => leaf('string', text));

function refused(code: FinderError, parameter: string): Answer {
  const message = el('MessageOfErrorCodes', {}, [
    leaf('Type', 'Error'),
    leaf('Text', `${code}: ${parameter}`),
    leaf('Code', code),
    el('Parameters', {}, strings([parameter])),
  ]);
  return answered([message], 0, [], []);
}

function answered(
  messages: readonly XmlElement[],
  total: number,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Answer {
  const data = el('data', {}, [
    leaf('TotalRows', String(total)),
    el('Columns', {}, strings(columns)),
    el(
      'Items',
      {},
      rows.map((row) => el('ArrayOfString', {}, strings(row))),
    ),
  ]);
  return soapAnswer(writeXml(el('SearchResponse', { xmlns: TWINFIELD }, [el('SearchResult', {}, messages), data])));
}
