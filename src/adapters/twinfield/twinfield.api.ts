import { PackageError } from '../accounting-package.port.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { readable } from './readable.js';
import { importedIn } from './rules/bank-statement.js';
import {
  type ActionRow,
  type ActionsDefinition,
  type ActionsOf,
  actionRowsIn,
  actionsDefinitionIn,
  actionsQuery,
  rowCountIn,
} from './rules/action-list.js';
import { type Definition, type BrowseRow, openItemsQuery, rowsIn, totalIn } from './rules/browse.js';
import type { CustomerRecord } from './rules/customer.js';
import { customerIn, isMarkerRow } from './rules/customer.js';
import { type DeletedTransaction, deletedIn } from './rules/deleted.js';
import { definitionIn } from './rules/browse.js';
import { methodEnvelope, processEnvelope, processResult, queryEnvelope } from './rules/envelope.js';
import { refusalOf } from './rules/failure.js';
import type { LineKey } from './rules/refs.js';
import {
  type Found,
  foundIn,
  finderSearch,
  listOffices,
  readCustomer,
  readCustomers,
  readDefinition,
  readOffice,
  readTransaction,
} from './rules/requests.js';
import { isAboutCode, judge } from './rules/result.js';
import { type TrailPage, trailPageIn } from './rules/trail.js';
import { type UndoRefusal, undoContent, undoRefusalIn } from './rules/undo.js';
import { type XmlElement, childrenOf, textAt } from './rules/xml.js';
import { type ColumnName, TWINFIELD } from './vendor.js';
import type { TwinfieldClient, WriteOutcome } from './twinfield.client.js';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A list came, and not all of it: nothing may be concluded from what is not in it. */
export class IncompleteList extends PackageError {
  constructor(message: string) {
    super('unavailable', message);
  }
}

/** More than one answer holds, or than Twinfield gets together in the time we wait. */
export const isTooMuch = (cause: unknown): boolean =>
  cause instanceof IncompleteList ||
  (cause instanceof PackageError && cause.kind === 'unavailable' && /no answer within/.test(cause.message));

/** One office of Twinfield. Every method throws what the client throws, and `refused` when the package refuses what is asked. */
export class OfficeApi {
  constructor(private readonly client: TwinfieldClient) {}

  get calls(): number {
    return this.client.calls;
  }

  get office(): string {
    return this.client.office;
  }

  /** As the last answer told; null: none did. */
  get creditsPerMinute(): number | null {
    return this.client.creditsPerMinute;
  }

  /** The office with its organisation. */
  get ref(): string {
    return this.client.ref;
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
    return readable(rowsIn(await this.wholeList(what, query), this.office));
  }

  /**
   * What the office has of the list of actions on invoices; null: it says that it has no list of that code. Throws `refused` when it refuses
   * for anything else, and for a list that does not tell which action it was.
   */
  async actionsDefinition(): Promise<ActionsDefinition | null> {
    const code = TWINFIELD.creditCode;
    const what = `the definition of list ${code}`;
    const answer = await this.question(what, readDefinition(this.office, code));
    const judgement = judge(answer);
    if (!judgement.ok) {
      if (isAboutCode(judgement)) return null;
      throw refusalOf(what, judgement);
    }
    const definition = actionsDefinitionIn(answer, code);
    if (definition === null) throw new PackageError('refused', `${what} names no column for the code of an action`);
    return definition;
  }

  /** An answer that was cut off is none. */
  async actions(definition: ActionsDefinition, some: ActionsOf): Promise<readonly ActionRow[]> {
    return readable(actionRowsIn(await this.wholeList('the actions on invoices', actionsQuery(definition, some)), this.office));
  }

  /** Throws {@link IncompleteList} when rows are missing, and when there are rows and it is not told how many there should be. */
  private async wholeList(what: string, query: string): Promise<XmlElement> {
    const answer = await this.ask(what, query);
    const [rows, total] = [rowCountIn(answer), totalIn(answer)];
    if (total === rows || (total === null && rows === 0)) return answer;
    throw new IncompleteList(`Twinfield tells of ${total ?? 'no number of'} rows of ${what} and sent ${rows}`);
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

  /** The electronic statements of some days, posted or not (§6.7). */
  async statementsOf(from: PlainDate, through: PlainDate): Promise<ReturnType<typeof importedIn>> {
    const fields = { IncludePostedStatements: 'true', StatementDateFrom: `${from}T00:00:00`, StatementDateTo: `${through}T00:00:00` };
    const content = await this.client.read({
      what: 'the bank statements',
      effect: 'read',
      path: TWINFIELD.paths.statements,
      soap: {
        action: 'BankStatementService/Query',
        envelope: (caller) => queryEnvelope(caller, 'GetBankStatements', TWINFIELD.statementsNamespace, fields),
      },
    });
    return importedIn(content);
  }

  /** The GUID of the office, which only the Finder tells (§5.1); null when it does not. */
  async companyId(): Promise<string | null> {
    const { rows } = await this.find('the offices', 'OFF', this.office, { includeid: '1' });
    return rows.find(([code]) => code === this.office)?.find((text) => GUID.test(text)) ?? null;
  }

  /** Matches and un-matches of the office from a sequence number on, at most `limit` (§6.6). Needs a scope of its own: `no-right`. */
  async trail(company: string, from: number, limit: number): Promise<TrailPage> {
    const what = 'the audit trail of matches';
    const body = await this.client.readJson({
      what,
      effect: 'read',
      path: ({ organisationId }) =>
        `/Api/organisations/${organisationId}/companies/${company}/bookkeeping/audittrails/matching?fromSequence=${from}&limit=${limit}`,
    });
    const page = trailPageIn(body, from);
    if (page === null) throw new PackageError('unavailable', `Twinfield answered ${what} with something else`);
    return page;
  }

  /** Whether there is a user of that code (§5.3). */
  async hasUser(code: string): Promise<boolean> {
    const { rows } = await this.find('the users', 'USR', code, { office: this.office });
    return rows.some(([found]) => found === code);
  }

  /** Whether there is a customer of that code, asked of another service than the one that lists them all. */
  async hasCustomer(code: string): Promise<boolean> {
    const { rows } = await this.find(`customer ${code}`, 'DIM', code, this.customerOptions());
    return rows.some(([found]) => found === code);
  }

  async customerCount(): Promise<number> {
    return (await this.find('how many customers there are', 'DIM', '*', this.customerOptions())).total;
  }

  /** Codes of all customers, or of those that changed since a moment (`20261120080000`, UTC), in pages. Throws {@link IncompleteList}. */
  async customerCodes(since: string | null): Promise<readonly string[]> {
    const options = { ...this.customerOptions(), ...(since !== null && { modifiedsince: since }) };
    const codes = new Set<string>();
    for (let firstRow = 1; ;) {
      const { rows, total } = await this.find('the codes of customers', 'DIM', '*', options, firstRow);
      for (const [code] of rows) if (code) codes.add(code);
      firstRow += rows.length;
      if (firstRow > total) return [...codes];
      if (rows.length === 0) throw new IncompleteList(`Twinfield tells of ${total} customers and sent the codes of ${firstRow - 1}`);
    }
  }

  private customerOptions(): Readonly<Record<string, string>> {
    return { dimtype: TWINFIELD.customerType, office: this.office };
  }

  /** A page of the Finder (§5.3). Throws `refused` with what it says of bad input, which is no fault there. */
  private async find(what: string, type: string, pattern: string, options: Readonly<Record<string, string>>, firstRow = 1): Promise<Found> {
    const page = { firstRow, maxRows: TWINFIELD.objectsPerRequest };
    const content = await this.client.read({
      what,
      effect: 'read',
      path: TWINFIELD.paths.finder,
      soap: {
        action: 'Search',
        envelope: (caller) => methodEnvelope(caller, 'Search', finderSearch(type, pattern, options, page)),
      },
    });
    const found = foundIn(content);
    if ('problem' in found) throw new PackageError('refused', `Twinfield does not find ${what}: ${found.problem}`);
    return found;
  }

  /** Sends a request that changes something; what is in its answer is for the caller to judge. */
  async change(what: string, request: string): Promise<WriteOutcome> {
    const outcome = await this.client.write(this.processCall(what, 'write', request));
    if (outcome.applied === 'unknown') return outcome;
    const result = processResult(outcome.content);
    return result.ok ? { applied: 'yes', content: result.value } : { applied: 'unknown', why: result.error.message };
  }

  /** Undoes a match of a customer by its number; why not, when Twinfield refuses. */
  async undoMatch(
    customer: string,
    matchNumber: string,
  ): Promise<{ readonly applied: 'yes'; readonly refusal: UndoRefusal | null } | { readonly applied: 'unknown'; readonly why: string }> {
    const outcome = await this.client.write({
      what: `the undoing of match ${matchNumber} of customer ${customer}`,
      effect: 'write',
      path: TWINFIELD.paths.matching,
      soap: {
        action: 'UndoMatch',
        envelope: (caller) => methodEnvelope(caller, 'UndoMatch', undoContent(this.office, customer, matchNumber)),
      },
    });
    return outcome.applied === 'unknown' ? outcome : { applied: 'yes', refusal: undoRefusalIn(outcome.content) };
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
