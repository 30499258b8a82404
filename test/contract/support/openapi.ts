import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The vendor's own API document, unmodified; it lies outside the project and is not always there. */
export const moneybirdDocument = fileURLToPath(new URL('../../../../shared/corpus/moneybird/openapi.json', import.meta.url));

/** True when the document is there; else says on stderr, once per suite, what is not being tested. */
export function moneybirdDocumentIsThere(suite: string): boolean {
  if (existsSync(moneybirdDocument)) return true;
  process.stderr.write(`SKIPPED ${suite}: the vendor's API document is not at ${moneybirdDocument}\n`);
  return false;
}

interface Content {
  readonly schema?: unknown;
  readonly examples?: Record<string, { readonly value: unknown }>;
}
interface Response {
  readonly $ref?: string;
  readonly content?: Record<string, Content>;
}
interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, Content> };
  readonly responses: Record<string, Response>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly responses: Record<string, Response>; readonly parameters: Record<string, Parameter> };
}

/** A recorded answer of the vendor, for tests of the validator itself. */
export interface RecordedResponse {
  readonly template: string;
  readonly method: string;
  readonly status: number;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Holds requests and responses against an OpenAPI 3.1 document. Every method answers with what is wrong, one line each; an empty
 * list means valid. Paths may be whole URLs, may carry the `/api/v2` prefix and a query, and end in `.json` or in nothing.
 */
export interface ContractValidator {
  /** The body (undefined: none) and the names in the query against the operation. */
  request(method: string, path: string, body?: unknown): string[];
  /**
   * The body against the operation's response of that status. Statuses the operation does not list (the document leaves out most of
   * 401 and 429) are held against the response the document describes for that status elsewhere.
   */
  response(method: string, path: string, status: number, body?: unknown): string[];
  /** The operation a path belongs to, such as `/{administration_id}/contacts/{id}{format}`; null when there is none. */
  template(method: string, path: string): string | null;
  /** The vendor's recorded JSON responses. */
  recordedResponses(): Iterable<RecordedResponse>;
}

/** Reads the Moneybird document and prepares its validator (schemas are compiled when first needed). */
export function moneybirdValidator(): ContractValidator {
  const document = JSON.parse(readFileSync(moneybirdDocument, 'utf8')) as Document;
  return new OpenApiValidator(document);
}

interface Route {
  readonly template: string;
  readonly pattern: RegExp;
  readonly literals: number;
}

class OpenApiValidator implements ContractValidator {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly routes: readonly Route[];

  constructor(private readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'document');
    this.routes = Object.keys(document.paths)
      .map((template) => ({
        template,
        pattern: patternOf(template),
        literals: template.split('/').filter((part) => !/^\{/.test(part)).length,
      }))
      .sort((a, b) => b.literals - a.literals);
  }

  template(method: string, path: string): string | null {
    const plain = plainPath(path);
    const verb = method.toLowerCase();
    return this.routes.find(({ template, pattern }) => pattern.test(plain) && this.document.paths[template]?.[verb])?.template ?? null;
  }

  request(method: string, path: string, body?: unknown): string[] {
    const found = this.operation(method, path);
    if (!found) return [`no such operation: ${method} ${plainPath(path)}`];
    const { operation, pointer } = found;
    const problems = this.unknownQueryNames(operation, path);
    const [type] = Object.keys(operation.requestBody?.content ?? {});
    if (type === undefined) return body === undefined || isEmptyObject(body) ? problems : [...problems, 'the operation takes no body'];
    if (type === 'multipart/form-data') return problems;
    return [...problems, ...this.validate(`${pointer}/requestBody/content/${escape(type)}/schema`, body ?? {})];
  }

  response(method: string, path: string, status: number, body?: unknown): string[] {
    const found = this.operation(method, path);
    if (!found) return [`no such operation: ${method} ${plainPath(path)}`];
    const declared = found.operation.responses[String(status)];
    const pointer = declared ? (declared.$ref?.slice(1) ?? `${found.pointer}/responses/${status}`) : this.commonResponse(status);
    if (pointer === null) return [`the document knows no status ${status} here or elsewhere`];
    const response = this.at<Response>(pointer);
    const [type] = Object.keys(response.content ?? {});
    if (type === undefined) return body === undefined || body === '' ? [] : ['the response has no body'];
    return this.validate(`${pointer}/content/${escape(type)}/schema`, body);
  }

  *recordedResponses(): Iterable<RecordedResponse> {
    for (const [template, operations] of Object.entries(this.document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        for (const [status, response] of Object.entries(operation.responses)) {
          const examples = response.content?.['application/json']?.examples ?? {};
          for (const [name, { value }] of Object.entries(examples)) yield { template, method, status: Number(status), name, value };
        }
      }
    }
  }

  private operation(method: string, path: string): { operation: Operation; pointer: string } | null {
    const template = this.template(method, path);
    const operation = template === null ? undefined : this.document.paths[template]?.[method.toLowerCase()];
    return template === null || !operation ? null : { operation, pointer: `/paths/${escape(template)}/${method.toLowerCase()}` };
  }

  private commonResponse(status: number): string | null {
    const name = Object.keys(this.document.components.responses).find((key) => key.startsWith(`${status}_`));
    return name === undefined ? null : `/components/responses/${name}`;
  }

  private unknownQueryNames(operation: Operation, path: string): string[] {
    const known = new Set(
      (operation.parameters ?? [])
        .map((parameter) => (parameter.$ref ? this.at<Parameter>(parameter.$ref.slice(1)) : parameter))
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => parameter.name),
    );
    const given = [...new URL(path, 'http://127.0.0.1').searchParams.keys()];
    return given.filter((name) => !known.has(name)).map((name) => `the operation has no query parameter ${name}`);
  }

  private at<T>(pointer: string): T {
    let here: unknown = this.document;
    for (const part of pointer.split('/').slice(1))
      here = (here as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    return here as T;
  }

  private validate(pointer: string, value: unknown): string[] {
    let check = this.compiled.get(pointer);
    if (!check) {
      check = this.ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
      this.compiled.set(pointer, check);
    }
    return check(value) ? [] : this.ajv.errorsText(check.errors, { separator: '\n', dataVar: 'body' }).split('\n');
  }
}

/** `/{administration_id}/contacts/{id}{format}` → a pattern for paths that end in `.json`, `.xml` or nothing. */
function patternOf(template: string): RegExp {
  const source = template
    .replace(/\{format\}$/, '')
    .split('/')
    .map((part) => (part.startsWith('{') ? '[^/]+?' : part))
    .join('/');
  return new RegExp(`^${source}(\\.(json|xml))?$`);
}

const plainPath = (path: string): string => new URL(path, 'http://127.0.0.1').pathname.replace(/^\/api\/v2/, '');
const escape = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
const isEmptyObject = (body: unknown): boolean => typeof body === 'object' && body !== null && Object.keys(body).length === 0;
