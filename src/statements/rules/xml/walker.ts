import type { AmountContext, ElementRule } from './element-rule.js';
import { Namespaces } from './namespaces.js';
import { type Position, type XmlListener, XmlTokenizer } from './tokenizer.js';

/** What a walker asks of the state its rules work on. */
export interface WalkState {
  /** The namespace the message is in, once known: elements of any other one are foreign and passed over. */
  readonly messageNamespace: string | null;
}

/**
 * Walks an XML document given in pieces and calls the rules of the elements it meets. What is not well-formed, an undeclared prefix,
 * excessive depth or length throw `InputError` with line and column.
 *
 * Elements without a rule are passed over with everything inside them, but their well-formedness is checked all the same.
 */
export class XmlWalker<S extends WalkState> implements XmlListener, AmountContext {
  private readonly tokenizer = new XmlTokenizer(this);
  private readonly namespaces = new Namespaces();

  /** Rules of the open elements that have one, the innermost in `rule`. */
  private readonly path: ElementRule<S>[] = [];
  private rule: ElementRule<S>;
  /** How many open elements stand in and below one that has no rule. */
  private passedOver = 0;
  private depth = 0;
  /** Of the element that opens. */
  private namespace = '';
  private content = '';

  /** @inheritDoc */
  wantsText = false;
  /** Of the amount whose text is being read, see {@link AmountContext}. */
  currency: string | null = null;

  constructor(
    root: ElementRule<S>,
    private readonly state: S,
  ) {
    this.rule = root;
  }

  get position(): Position {
    return this.tokenizer.position;
  }

  write(text: string): void {
    this.tokenizer.write(text);
  }

  /** Ends the document; an unfinished one is refused as `truncated`. */
  end(): void {
    this.tokenizer.end();
  }

  refuse(code: string, message: string): never {
    return this.tokenizer.refuse(code, message);
  }

  open(name: string, attributes: readonly string[]): void {
    this.depth += 1;
    this.currency = null;
    if (attributes.length > 0) this.readAttributes(attributes);
    const rule = this.ruleFor(name);
    if (rule === null) {
      this.passedOver += 1;
      this.wantsText = false;
      return;
    }
    this.path.push(this.rule);
    this.rule = rule;
    this.wantsText = rule.text;
    this.content = '';
    if (rule.open !== null) rule.open(this.state, this.namespace);
  }

  text(text: string): void {
    this.content += text;
  }

  close(): void {
    if (this.namespaces.innermost === this.depth) this.namespaces.leave(this.depth);
    this.depth -= 1;
    const { rule } = this;
    if (this.passedOver > 0) {
      this.passedOver -= 1;
      this.wantsText = this.passedOver === 0 && rule.text;
      return;
    }
    if (rule.close !== null) rule.close(this.state, rule.text ? trimmed(this.content) : '', this);
    this.rule = this.path.pop() as ElementRule<S>;
    this.wantsText = this.rule.text;
    this.content = '';
  }

  /** The rule of an element that opens here, null when it is to be passed over. Leaves the namespace of the element behind. */
  private ruleFor(name: string): ElementRule<S> | null {
    const { children, otherwise } = this.rule;
    this.namespace = this.namespaces.defaultUri;
    // No key has a colon, so what is found here has no prefix: by far the most elements of nearly all files.
    const unprefixed = this.passedOver === 0 && children !== null ? children.get(name) : undefined;
    if (unprefixed !== undefined) return this.isForeign(this.namespace) ? null : unprefixed;
    let local = name;
    if (name.includes(':')) {
      this.namespace = this.namespaceOf(name);
      local = name.slice(name.indexOf(':') + 1);
    }
    if (this.passedOver > 0 || this.isForeign(this.namespace)) return null;
    return children?.get(local) ?? otherwise;
  }

  /** Unqualified elements in a qualified message are taken for its own: exporters forget the prefix, foreigners never do. */
  private isForeign(namespace: string): boolean {
    const { messageNamespace } = this.state;
    return namespace !== messageNamespace && namespace !== '' && messageNamespace !== null && messageNamespace !== '';
  }

  private readAttributes(attributes: readonly string[]): void {
    const qualified: string[] = [];
    for (let index = 0; index < attributes.length; index += 2) {
      const name = attributes[index] as string;
      const value = attributes[index + 1] as string;
      if (name === 'Ccy') this.currency = value;
      else if (name === 'xmlns') this.declare('', value);
      else if (name.startsWith('xmlns:')) this.declarePrefix(name.slice(6), value);
      else if (name.includes(':')) qualified.push(name);
    }
    // Only now, because an element may declare the prefixes of its own attributes.
    const expanded = qualified.map((name) => `${this.namespaceOf(name)} ${name.slice(name.indexOf(':') + 1)}`);
    if (new Set(expanded).size < expanded.length) this.refuse('not-well-formed', 'an attribute is given twice');
  }

  private declarePrefix(prefix: string, uri: string): void {
    if (!isUnqualifiedName(prefix)) this.refuse('not-well-formed', `xmlns:${prefix} declares no name`);
    this.declare(prefix, uri);
  }

  private declare(prefix: string, uri: string): void {
    const objection = this.namespaces.declare(this.depth, prefix, uri.trim());
    if (objection !== null) this.refuse('not-well-formed', objection);
  }

  private namespaceOf(qualifiedName: string): string {
    const colon = qualifiedName.indexOf(':');
    const prefix = qualifiedName.slice(0, colon);
    if (!isUnqualifiedName(prefix) || !isUnqualifiedName(qualifiedName.slice(colon + 1))) {
      this.refuse('not-well-formed', `"${qualifiedName}" is no name: it may have one colon, with a name on both sides`);
    }
    return this.namespaces.uriOf(prefix) ?? this.refuse('not-well-formed', `the prefix of "${qualifiedName}" is not declared`);
  }
}

const isUnqualifiedName = (text: string): boolean => text !== '' && !text.includes(':') && !/^[\d.-]/.test(text);

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Without the blanks of XML around it. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}
