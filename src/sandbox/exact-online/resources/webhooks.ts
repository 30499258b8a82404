import { isBlank } from '../rules/edm.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { Answer } from '../../wire/answer.js';
import { refusal } from '../answers.js';
import type { DivisionBooks } from '../books.js';
import type { AppRegistration } from '../oauth-chains.js';
import type { FieldRow } from '../records.js';
import { say, sayRequired } from '../texts.js';
import { TOPICS, type Webhooks } from '../webhooks.js';
import { tracked } from './common.js';
import { type Input, type Resource, empty, fieldResource, stored } from './resource.js';

/** Subscriptions of one app in one division; what the document says of changing one is refused in practice. */
export function webhookResource(books: DivisionBooks, app: AppRegistration, webhooks: Webhooks): Resource<FieldRow> {
  const mine = (): FieldRow[] => books.webhooks.inKeyOrder().filter(({ fields }) => fields['ClientID'] === app.id);
  const { Modified: _modified, Modifier: _modifier, ModifierFullName: _name, ...made } = tracked<FieldRow>(books);
  return fieldResource(books, {
    path: 'webhooks/WebhookSubscriptions',
    type: 'Webhooks.WebhookSubscription',
    scope: 'organization.administration',
    methods: ['GET', 'POST', 'DELETE'],
    own: {
      ...made,
      ...stored('s: CallbackURL Topic, g: ClientID UserID'),
      ...empty<FieldRow>('String', 'Description'),
      IsInstant: { edm: 'Boolean', read: () => false },
    },
    table: 'webhooks',
    rows: mine,
    byKey: (key) => mine().find(({ id }) => id === key),
    createBy: (input, at) => subscribe(books, { app, webhooks, taken: mine }, input, at),
    removeBy: (row, at) => {
      books.remove(books.webhooks, row.id, at);
      return null;
    },
  });
}

async function subscribe(
  books: DivisionBooks,
  { app, webhooks, taken }: { readonly app: AppRegistration; readonly webhooks: Webhooks; readonly taken: () => readonly FieldRow[] },
  { fields, language }: Input,
  at: Date,
): Promise<Result<FieldRow, Answer>> {
  const missing = ['CallbackURL', 'Topic'].filter((name) => isBlank(fields[name]));
  if (missing.length > 0) return err(refusal(500, sayRequired(language, missing)));
  const [url, topic] = [String(fields['CallbackURL']), String(fields['Topic'])];
  if (!(TOPICS as readonly string[]).includes(topic)) return err(refusal(500, say(language, 'unknown', 'Topic')));
  if (!URL.canParse(url) || !url.startsWith('https://')) return err(refusal(500, say(language, 'unknown', 'CallbackURL')));
  if (taken().some((row) => row.fields['Topic'] === topic)) return err(refusal(500, say(language, 'duplicate')));
  const status = await webhooks.validate(url);
  if (status < 200 || status > 299) return err(refusal(500, `Invalid: Post to callback URL endpoint returns ${status}`));
  return ok(books.addFields('webhooks', { CallbackURL: url, Topic: topic, ClientID: app.id, UserID: books.userId }, at));
}
