import type {} from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { Liquid } from 'liquidjs';
import type { Assets } from './assets.js';
import { type Format, formatFor } from './rules/format.js';
import { readSources } from './source-files.js';
import type { Texts } from './texts.js';

const ENDING = '.liquid';

/** What stands around the content of every page. */
export interface Frame {
  readonly title: string;
  /** Name of the key that is logged in; null: nobody is. */
  readonly user: string | null;
  /** The page asks for itself again after this long; null: it stays as it is. */
  readonly refreshSeconds?: number | null;
  /** One of our own paths, which it asks for instead of itself. */
  readonly refreshTo?: string;
}

/**
 * Headers of every page. Nothing runs in it but what we serve, nobody frames it, and it stays in no cache: it holds debtors' data. With
 * `no-referrer` browsers would name no origin with a form, and every form would be refused (own-origin.ts).
 */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Headers of a mail shown as it was sent: it runs nothing, loads nothing, and only our own page frames it. */
const MAIL_HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
} as const;

/** Renders the console's pages. All views are read at start; every value is escaped; a value a view misses is a fault, not a gap. */
export class Pages {
  /** How the language of the texts writes amounts and dates. */
  readonly format: Format;
  private readonly liquid: Liquid;

  constructor(
    readonly texts: Texts,
    assets: Assets,
  ) {
    this.format = formatFor(texts.locale);
    const views = [...readSources('views', [ENDING])].map(([name, text]) => [name.slice(0, -ENDING.length), text]);
    this.liquid = new Liquid({
      templates: Object.fromEntries(views) as Record<string, string>,
      globals: { t: texts, asset: assets.addresses },
      outputEscape: 'escape',
      strictVariables: true,
      strictFilters: true,
      ownPropertyOnly: true,
      cache: true,
    });
  }

  /** Sends a page. */
  send(reply: FastifyReply, view: string, frame: Frame, content: object = {}, status = 200): void {
    const html = this.liquid.renderFileSync(view, { ...content, frame: { refreshSeconds: null, refreshTo: null, ...frame } }) as string;
    void reply.status(status).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(html);
  }

  /** Sends somebody on with a GET, also after a POST. `path` is one of ours. */
  redirect(reply: FastifyReply, path: string): void {
    void reply.status(303).headers(PAGE_HEADERS).header('location', path).send();
  }

  /** Sends a mail's own HTML, for a frame that trusts nothing in it. */
  sendMail(reply: FastifyReply, html: string): void {
    void reply.status(200).headers(MAIL_HEADERS).type('text/html; charset=utf-8').send(html);
  }
}
