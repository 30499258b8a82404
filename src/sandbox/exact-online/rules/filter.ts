import { type Result, err, ok } from '../../../kernel/result.js';
import { type Edm, type Value, isNumeric } from './edm.js';
import { type LiteralKind, type Token, tokens } from './filter-tokens.js';

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
type Comparison = (typeof COMPARISONS)[number];

type Operand =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'literal'; readonly type: LiteralKind; readonly value: Value }
  | { readonly kind: 'trim'; readonly of: Operand }
  | { readonly kind: 'substringof' | 'startswith'; readonly part: Operand; readonly of: Operand };

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'compare'; readonly by: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'holds'; readonly operand: Operand };

/** What the parser knows of the resource: the type of a field, null for a name it does not have. */
export type TypeOf = (field: string) => Edm | null;

/**
 * Parses a `$filter` (fact sheet §2): `eq ne gt ge lt le and or`, brackets, `substringof('x',Field)`, `startswith(Field,'x')`, `trim(Field)`
 * and literals of the type of their field. The error is what is wrong with it.
 */
export function parseFilter(text: string, typeOf: TypeOf): Result<Filter, string> {
  const cut = tokens(text);
  if (!cut.ok) return err(`cannot read "${cut.error}"`);
  try {
    const parser = new Parser(cut.value, typeOf);
    return ok(parser.whole());
  } catch (cause) {
    if (cause instanceof SyntaxFault) return err(cause.message);
    throw cause;
  }
}

/** The fields a filter asks for. */
export function fieldsOf(filter: Filter): string[] {
  const ofOperand = (operand: Operand): string[] => {
    if (operand.kind === 'field') return [operand.name];
    if (operand.kind === 'literal') return [];
    return operand.kind === 'trim' ? ofOperand(operand.of) : [...ofOperand(operand.part), ...ofOperand(operand.of)];
  };
  if (filter.kind === 'holds') return ofOperand(filter.operand);
  if (filter.kind === 'compare') return [...ofOperand(filter.left), ...ofOperand(filter.right)];
  return [...fieldsOf(filter.left), ...fieldsOf(filter.right)];
}

/** Whether a record, by its fields, passes. */
export function passes(filter: Filter, read: (field: string) => Value): boolean {
  switch (filter.kind) {
    case 'and':
      return passes(filter.left, read) && passes(filter.right, read);
    case 'or':
      return passes(filter.left, read) || passes(filter.right, read);
    case 'holds':
      return valueOf(filter.operand, read) === true;
    case 'compare':
      return compare(filter.by, valueOf(filter.left, read), valueOf(filter.right, read));
  }
}

function compare(by: Comparison, left: Value, right: Value): boolean {
  if (by === 'eq') return left === right;
  if (by === 'ne') return left !== right;
  if (left === null || right === null) return false;
  switch (by) {
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}

function valueOf(operand: Operand, read: (field: string) => Value): Value {
  if (operand.kind === 'field') return read(operand.name);
  if (operand.kind === 'literal') return operand.value;
  const of = valueOf(operand.of, read);
  if (typeof of !== 'string') return operand.kind === 'trim' ? null : false;
  if (operand.kind === 'trim') return of.trim();
  const part = String(valueOf(operand.part, read) ?? '').toLowerCase();
  // The database behind it compares without regard to case.
  return operand.kind === 'startswith' ? of.toLowerCase().startsWith(part) : of.toLowerCase().includes(part);
}

class SyntaxFault extends Error {}

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly typeOf: TypeOf,
  ) {}

  whole(): Filter {
    const filter = this.either();
    if (this.at < this.tokens.length) throw new SyntaxFault('something is left over at the end');
    return filter;
  }

  private either(): Filter {
    let left = this.both();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.both() };
    return left;
  }

  private both(): Filter {
    let left = this.single();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.single() };
    return left;
  }

  private single(): Filter {
    if (this.takeMark('(')) {
      const inner = this.either();
      this.expectMark(')');
      return inner;
    }
    const left = this.operand();
    const by = COMPARISONS.find((word) => this.takeWord(word));
    if (!by) {
      if (this.type(left) !== 'Boolean') throw new SyntaxFault('a comparison is missing');
      return { kind: 'holds', operand: left };
    }
    const right = this.operand();
    this.mustFit(left, right);
    return { kind: 'compare', by, left, right };
  }

  private operand(): Operand {
    const token = this.tokens[this.at++];
    if (!token || token.kind === 'mark') throw new SyntaxFault('a field or a value is missing');
    if (token.kind === 'literal') return { kind: 'literal', type: token.type, value: token.value };
    if (token.text === 'trim') return { kind: 'trim', of: this.arguments(1)[0] as Operand };
    if (token.text === 'substringof') {
      const [part, of] = this.arguments(2) as [Operand, Operand];
      return { kind: 'substringof', part, of };
    }
    if (token.text === 'startswith') {
      const [of, part] = this.arguments(2) as [Operand, Operand];
      return { kind: 'startswith', part, of };
    }
    if (this.typeOf(token.text) === null) throw new SyntaxFault(`no property '${token.text}'`);
    return { kind: 'field', name: token.text };
  }

  private arguments(count: number): Operand[] {
    this.expectMark('(');
    const found = [this.operand()];
    while (this.takeMark(',')) found.push(this.operand());
    this.expectMark(')');
    if (found.length !== count || found.some((operand) => this.type(operand) !== 'String')) {
      throw new SyntaxFault(`the function takes ${count} text(s)`);
    }
    return found;
  }

  /** Strict, as the vendor's framework is: a date is not a text, and an Int64 wants its L. */
  private mustFit(left: Operand, right: Operand): void {
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (other.kind !== 'literal' || other.type === 'null' || one.kind === 'literal') continue;
      const edm = this.type(one);
      if (edm === null || !fits(edm, other.type)) throw new SyntaxFault(`a ${other.type} does not compare with ${edm ?? 'null'}`);
    }
  }

  private type(operand: Operand): Edm | null {
    switch (operand.kind) {
      case 'field':
        return this.typeOf(operand.name);
      case 'literal':
        return operand.type === 'string' ? 'String' : operand.type === 'boolean' ? 'Boolean' : null;
      case 'trim':
        return 'String';
      default:
        return 'Boolean';
    }
  }

  private takeWord(text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word' || token.text !== text) return false;
    this.at += 1;
    return true;
  }

  private takeMark(text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'mark' || token.text !== text) return false;
    this.at += 1;
    return true;
  }

  private expectMark(text: string): void {
    if (!this.takeMark(text)) throw new SyntaxFault(`"${text}" is missing`);
  }
}

function fits(edm: Edm, literal: LiteralKind): boolean {
  if (edm === 'Int64') return literal === 'long';
  if (isNumeric(edm)) return literal === 'number' || literal === 'long';
  const wanted: Partial<Record<Edm, LiteralKind>> = { Guid: 'guid', DateTime: 'datetime', String: 'string', Boolean: 'boolean' };
  return wanted[edm] === literal;
}
