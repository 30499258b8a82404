/** What is used of it; the package has no types of its own. */
declare module 'xml2js' {
  export class Parser {
    constructor(options: Readonly<Record<string, unknown>>);
    /** Calls back before it returns, because `async` is off. */
    parseString(xml: string, done: (error: Error | null, root: unknown) => void): void;
  }
  export class Builder {
    constructor(options: Readonly<Record<string, unknown>>);
    /** Throws on characters XML does not have. */
    buildObject(root: object): string;
  }
}
