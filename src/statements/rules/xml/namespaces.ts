const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

interface Declaration {
  readonly depth: number;
  readonly prefix: string;
  readonly uri: string;
}

/**
 * The namespace declarations in force, by Namespaces in XML 1.0. The tokenizer runs without its own namespace handling, which
 * halves its speed; declarations are rare, so they are kept here beside it.
 */
export class Namespaces {
  private readonly declarations: Declaration[] = [];
  private readonly byPrefix = new Map<string, string>([['xml', XML_NAMESPACE]]);

  /** The namespace of elements without a prefix; '' is none. */
  defaultUri = '';
  /** Depth of the innermost element that declares something; 0 when none does. */
  innermost = 0;

  /** Returns what is wrong with the declaration, or null. */
  declare(depth: number, prefix: string, uri: string): string | null {
    if (prefix === 'xmlns' || uri === XMLNS_NAMESPACE) return 'the prefix xmlns may not be declared';
    if ((prefix === 'xml') !== (uri === XML_NAMESPACE)) return 'the prefix xml may not be declared otherwise';
    if (prefix !== '' && uri === '') return `the prefix ${prefix} is declared without a namespace`;
    this.declarations.push({ depth, prefix, uri });
    this.bind(prefix, uri);
    this.innermost = depth;
    return null;
  }

  /** The namespace of a prefix, or undefined when nothing declares it. */
  uriOf(prefix: string): string | undefined {
    return this.byPrefix.get(prefix);
  }

  /** Forgets what the element at this depth declared. */
  leave(depth: number): void {
    while (this.declarations.at(-1)?.depth === depth) {
      const { prefix } = this.declarations.pop() as Declaration;
      this.bind(prefix, this.declarations.findLast((declaration) => declaration.prefix === prefix)?.uri);
    }
    this.innermost = this.declarations.at(-1)?.depth ?? 0;
  }

  private bind(prefix: string, uri: string | undefined): void {
    if (prefix === '') this.defaultUri = uri ?? '';
    else if (prefix === 'xml') return;
    else if (uri === undefined) this.byPrefix.delete(prefix);
    else this.byPrefix.set(prefix, uri);
  }
}
