import { PackageError } from '../accounting-package.port.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { readable } from './readable.js';
import { type Definition, type BrowseRow, openItemsQuery, rowsIn, totalIn } from './rules/browse.js';
import type { CustomerRecord } from './rules/customer.js';
import { customerIn, isMarkerRow } from './rules/customer.js';
import { type DeletedTransaction, deletedIn } from './rules/deleted.js';
import { definitionIn } from './rules/browse.js';
import { methodEnvelope, processEnvelope, processResult, queryEnvelope } from './rules/envelope.js';
import { refusalOf } from './rules/failure.js';
import type { LineKey } from './rules/refs.js';
import { finderSearch, listOffices, readCustomer, readCustomers, readDefinition, readOffice, readTransaction } from './rules/requests.js';
import { judge } from './rules/result.js';
import { type XmlElement, childrenOf, textAt } from './rules/xml.js';
import { type ColumnName, TWINFIELD } from './vendor.js';
import type { TwinfieldClient, WriteOutcome } from './twinfield.client.js';

/** One office of Twinfield. Every method throws what the client throws, and `refused` when the package refuses what is asked. */
export class OfficeApi {
  constructor(private readonly client: TwinfieldClient) {}

  get calls(): number {
    return this.client.calls;
  }

  get office(): string {
    return this.client.office;
  }

  /** Codes and names of the offices the user sees. */
  async offices(): Promise<{ readonly code: string; readonly name: string }[]> {
    const list = await this.ask('the offices', listOffices());
    return childrenOf(list, 'office').map(({ text, attributes }) => ({ code: text.trim(), name: attributes['name'] || text.trim() }));
  }

  async currency(): Promise<string> {
    return textAt(await this.ask('the office', readOffice(this.office)), 'general', 'basecurrency') ?? 'EUR';
  }

  /** A list's definition here; null when the office does not have it, or not with what an open item needs. */
  async definition(code: string): Promise<Definition | null> {
    const answer = await this.question(`the definition of list ${code}`, readDefinition(this.office, code));
    return judge(answer).ok ? definitionIn(answer, code) : null;
  }

  /** Every customer, in one request. */
  async customers(): Promise<CustomerRecord[]> {
    const answer = await this.ask('the customers', readCustomers(this.office));
    const dimensions = answer.name === 'dimension' ? [answer] : childrenOf(answer, 'dimension');
    return dimensions.filter((each) => !isMarkerRow(each)).map(customerIn);
  }

  /** Throws `refused` when there is none of that code. */
  async customer(code: string): Promise<CustomerRecord> {
    const answer = await this.ask(`customer ${code}`, readCustomer(this.office, code));
    return customerIn(answer.name === 'dimension' ? answer : (childrenOf(answer, 'dimension')[0] ?? answer));
  }

  /** Rows of open items, of all years or a range of periods. An answer that was cut off is none. */
  async openItems(
    definition: Definition,
    matchStatus: 'available' | 'proposed',
    years: { readonly from: string; readonly to: string } | null,
    some?: readonly ColumnName[],
  ): Promise<readonly BrowseRow[]> {
    return this.browse(`the ${matchStatus} items`, openItemsQuery(definition, matchStatus, years, some));
  }

  async browse(what: string, query: string): Promise<readonly BrowseRow[]> {
    const answer = await this.ask(what, query);
    const rows = readable(rowsIn(answer, this.office));
    const total = totalIn(answer);
    if (total === null || total === rows.length) return rows;
    throw new PackageError('unavailable', `Twinfield tells of ${total} rows of ${what} and sent ${rows.length}`);
  }

  /** Null when there is none: deleted, or never there. */
  async transaction(key: Pick<LineKey, 'code' | 'number'>): Promise<XmlElement | null> {
    const answer = await this.question(`transaction ${key.code} ${key.number}`, readTransaction(this.office, key));
    return judge(answer).ok && answer.children.length > 0 ? answer : null;
  }

  /** What was deleted from that day on (§6.7). */
  async deletedSince(day: PlainDate): Promise<readonly DeletedTransaction[]> {
    const fields = { CompanyCode: this.office, DateFrom: `${day}T00:00:00` };
    const content = await this.client.read({
      what: 'the deleted transactions',
      effect: 'read',
      path: TWINFIELD.paths.deleted,
      soap: {
        action: 'DeletedTransactionsService/Query',
        envelope: (caller) => queryEnvelope(caller, 'GetDeletedTransactions', TWINFIELD.deletedNamespace, fields),
      },
    });
    return deletedIn(content);
  }

  /** Whether there is a user of that code (§5.3). */
  async hasUser(code: string): Promise<boolean> {
    const content = await this.client.read({
      what: 'the users',
      effect: 'read',
      path: TWINFIELD.paths.finder,
      soap: {
        action: 'Search',
        envelope: (caller) =>
          methodEnvelope(caller, 'Search', finderSearch('USR', code, { office: this.office }, TWINFIELD.objectsPerRequest)),
      },
    });
    const items = childrenOf(childrenOf(childrenOf(content, 'data')[0], 'Items')[0], 'ArrayOfString');
    return items.some((item) => childrenOf(item, 'string')[0]?.text.trim() === code);
  }

  /** Sends a request that changes something; what is in its answer is for the caller to judge. */
  async change(what: string, request: string): Promise<WriteOutcome> {
    const outcome = await this.client.write(this.processCall(what, 'write', request));
    if (outcome.applied === 'unknown') return outcome;
    const result = processResult(outcome.content);
    return result.ok ? { applied: 'yes', content: result.value } : { applied: 'unknown', why: result.error.message };
  }

  /** Asks, and throws when the package refuses. */
  private async ask(what: string, request: string): Promise<XmlElement> {
    const answer = await this.question(what, request);
    const judgement = judge(answer);
    if (!judgement.ok) throw refusalOf(what, judgement);
    return answer;
  }

  private async question(what: string, request: string): Promise<XmlElement> {
    const result = processResult(await this.client.read(this.processCall(what, 'read', request)));
    if (result.ok) return result.value;
    throw new PackageError('unavailable', `Twinfield answered ${what} with something that is no XML (${result.error.message})`);
  }

  private processCall(what: string, effect: 'read' | 'write', request: string) {
    return {
      what,
      effect,
      path: TWINFIELD.paths.processXml,
      soap: { action: 'ProcessXmlString', envelope: (caller: Parameters<typeof processEnvelope>[0]) => processEnvelope(caller, request) },
    } as const;
  }
}
