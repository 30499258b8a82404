/** The service's own HTTP API, called as a customer's program would call it. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  get = <T>(path: string): Promise<T> => this.call<T>('GET', path);
  post = <T>(path: string, body?: object): Promise<T> => this.call<T>('POST', path, body);
  put = <T>(path: string, body: object): Promise<T> => this.call<T>('PUT', path, body);
  patch = <T>(path: string, body: object): Promise<T> => this.call<T>('PATCH', path, body);

  /** Uploads one statement. */
  async upload<T>(path: string, name: string, content: string): Promise<T> {
    const form = new FormData();
    form.append('file', new Blob([content]), name);
    return this.answered<T>(await fetch(`${this.url}${path}`, { method: 'POST', headers: this.headers, body: form }));
  }

  /** Uploads a document about a debtor. */
  async uploadDocument<T>(
    path: string,
    {
      name,
      content,
      ...fields
    }: { readonly kind: string; readonly invoiceId?: string; readonly name: string; readonly content: Uint8Array },
  ): Promise<T> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append('file', new Blob([Buffer.from(content)]), name);
    return this.answered<T>(await fetch(`${this.url}${path}`, { method: 'POST', headers: this.headers, body: form }));
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...this.headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(300_000),
    });
    return this.answered<T>(response);
  }

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.key}` };
  }

  private async answered<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
