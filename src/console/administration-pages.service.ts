import type { FastifyReply } from 'fastify';
import type { Caller } from '../platform/auth/api-keys.js';
import type { Pages } from './pages.js';
import { type AdministrationShown, pathOf, showAdministration } from './rules/administration-view.js';
import type { Format } from './rules/format.js';
import type { Standings } from './standing.service.js';
import type { Texts } from './texts.js';

export type Tab = keyof Texts['tabs'];

const TABS: readonly (readonly [Tab, string])[] = [
  ['today', ''],
  ['acts', '/acts'],
  ['agreements', '/agreements'],
  ['handovers', '/handovers'],
  ['credit', '/credit'],
  ['lines', '/bank-lines'],
  ['statements', '/statements'],
  ['mails', '/mails'],
  ['days', '/days'],
  ['report', '/figures'],
];

/** The page somebody asked for: about which administration, and for whom. */
export interface PageRequest {
  readonly administrationId: string;
  readonly caller: Caller;
  readonly reply: FastifyReply;
}

export interface AdministrationPage {
  readonly view: string;
  readonly tab: Tab;
  /** Default: the name of the tab. */
  readonly title?: string;
  /** What just happened, in words; null: nothing. */
  readonly notice?: string | null;
  readonly content: object;
  readonly refreshSeconds?: number | null;
  readonly status?: number;
}

/** Pages about one administration: its name, mode, freshness and tabs stand around each of them. */
export class AdministrationPages {
  constructor(
    private readonly pages: Pages,
    private readonly standings: Standings,
  ) {}

  get texts(): Texts {
    return this.pages.texts;
  }

  get format(): Format {
    return this.pages.format;
  }

  /** Sends somebody on to a page of the administration: `path` begins with `/`, `?`, or is empty. */
  redirect(reply: FastifyReply, administrationId: string, path: string): void {
    this.pages.redirect(reply, `${pathOf(administrationId)}${path}`);
  }

  async show(administrationId: string): Promise<AdministrationShown> {
    return showAdministration(await this.standings.of(administrationId), this.pages.texts, this.pages.format);
  }

  async send({ administrationId, caller, reply }: PageRequest, page: AdministrationPage): Promise<void> {
    this.sendFor(await this.show(administrationId), { caller, reply }, page);
  }

  /** For a page that needed the administration to know what to show. */
  sendFor(administration: AdministrationShown, { caller, reply }: Pick<PageRequest, 'caller' | 'reply'>, page: AdministrationPage): void {
    const { texts } = this.pages;
    const title = page.title ?? texts.tabs[page.tab];
    this.pages.send(
      reply,
      page.view,
      { title: `${title} · ${administration.name}`, user: caller.name, refreshSeconds: page.refreshSeconds ?? null },
      {
        ...page.content,
        administration,
        notice: page.notice ?? null,
        tabs: TABS.map(([tab, path]) => ({ words: texts.tabs[tab], path: `${administration.path}${path}`, current: tab === page.tab })),
      },
      page.status ?? 200,
    );
  }
}
