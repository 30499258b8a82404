import { type Document, type LineCounter, type Node, isMap, isScalar, isSeq } from 'yaml';
import { InputError } from '../../kernel/errors.js';
import { type Minor, parseAmount } from '../../kernel/money.js';

/** Where a node stands, for messages. */
export interface Source {
  readonly file: string;
  readonly lines: LineCounter;
  readonly document: Document;
}

/** Refuses a policy at a node: file, line, column, and the path of the field. */
export function refuseAt(source: Source, node: Node | null, path: string, what: string, code = 'invalid-policy'): never {
  const { line, col } = source.lines.linePos(node?.range?.[0] ?? 0);
  const place = { file: source.file, line, column: col };
  throw new InputError(code, `${source.file}:${line}:${col}: ${path === '' ? 'the policy' : path} ${what}`, place);
}

/**
 * Typed access to a mapping of a YAML document. Every reader says, for whatever is wrong, what and where; `done` refuses fields that
 * nobody asked for, because a setting that is misspelt must not be a setting that is ignored.
 */
export class YamlFields {
  private readonly asked = new Set<string>();
  private readonly values = new Map<string, Node | null>();
  private readonly keys = new Map<string, Node>();

  constructor(
    private readonly source: Source,
    readonly node: Node | null,
    readonly path: string,
  ) {
    if (!isMap(node)) refuseAt(source, node, path, 'must be a list of fields');
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      this.keys.set(name, key as Node);
      this.values.set(name, value as Node | null);
    }
  }

  /** Reads a field if it is there and not empty; null otherwise. */
  optional<T>(name: string, read: (node: Node, path: string) => T): T | null {
    this.asked.add(name);
    const node = this.values.get(name) ?? null;
    return node === null || (isScalar(node) && node.value === null) ? null : read(node, this.child(name));
  }

  required<T>(name: string, read: (node: Node, path: string) => T): T {
    const value = this.optional(name, read);
    return value === null ? this.refuse(`needs the field "${name}"`) : value;
  }

  text = (name: string): string => this.required(name, this.asText);
  optionalText = (name: string): string | null => this.optional(name, this.asText);
  integer = (name: string, otherwise: number, minimum = 0): number =>
    this.optional(name, (node, path) => {
      const value = isScalar(node) ? node.value : null;
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum) {
        return refuseAt(this.source, node, path, `must be a whole number of at least ${minimum}`);
      }
      return value;
    }) ?? otherwise;
  flag = (name: string, otherwise: boolean): boolean =>
    this.optional(name, (node, path) =>
      isScalar(node) && typeof node.value === 'boolean' ? node.value : refuseAt(this.source, node, path, 'must be true or false'),
    ) ?? otherwise;
  /** A decimal of two digits after the point at most, as it was written: never through a float. */
  amount = (name: string): Minor | null => this.optional(name, this.asAmount);
  texts = (name: string): string[] | null =>
    this.optional(name, (node, path) => this.items(node, path).map((item, at) => this.asText(item, `${path}[${at}]`)));
  oneOf = <T extends string>(name: string, allowed: readonly T[]): T =>
    this.required(name, (node, path) => this.asOneOf(node, path, allowed));
  oneOfOr = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T =>
    this.optional(name, (node, path) => this.asOneOf(node, path, allowed)) ?? otherwise;
  manyOf = <T extends string>(name: string, allowed: readonly T[]): T[] | null =>
    this.optional(name, (node, path) => this.items(node, path).map((item, at) => this.asOneOf(item, `${path}[${at}]`, allowed)));
  fields = (name: string): YamlFields | null => this.optional(name, (node, path) => new YamlFields(this.source, node, path));
  list = (name: string): { node: Node; path: string }[] | null =>
    this.optional(name, (node, path) => this.items(node, path).map((item, at) => ({ node: item, path: `${path}[${at}]` })));

  /** The names of the fields, for mappings whose keys are data. */
  names = (): string[] => [...this.values.keys()];

  /** Refuses fields that were never read. */
  done(): void {
    for (const [name, key] of this.keys) {
      if (!this.asked.has(name))
        refuseAt(this.source, key, this.child(name), `is not a setting here; known are: ${[...this.asked].sort().join(', ')}`);
    }
  }

  refuse(what: string, name?: string, code?: string): never {
    const node = name === undefined ? this.node : (this.keys.get(name) ?? this.node);
    return refuseAt(this.source, node, name === undefined ? this.path : this.child(name), what, code);
  }

  asText = (node: Node, path: string): string =>
    isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')
      ? String(typeof node.value === 'number' ? (node.source ?? node.value) : node.value)
      : refuseAt(this.source, node, path, 'must be a text');

  asAmount = (node: Node, path: string): Minor => {
    const parsed = parseAmount(this.asText(node, path));
    if (!parsed.ok) return refuseAt(this.source, node, path, `is no amount: ${parsed.error.message}`);
    return parsed.value < 0 ? refuseAt(this.source, node, path, 'must not be below zero') : parsed.value;
  };

  private asOneOf = <T extends string>(node: Node, path: string, allowed: readonly T[]): T => {
    const value = this.asText(node, path);
    return (allowed as readonly string[]).includes(value)
      ? (value as T)
      : refuseAt(this.source, node, path, `is "${value}", expected one of ${allowed.join(', ')}`);
  };

  private items = (node: Node, path: string): Node[] =>
    isSeq(node) ? (node.items as Node[]) : refuseAt(this.source, node, path, 'must be a list');

  private child = (name: string): string => (this.path === '' ? name : `${this.path}.${name}`);
}
