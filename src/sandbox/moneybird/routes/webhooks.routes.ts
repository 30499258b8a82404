import { answer, invalid, modelNotFound, noContent, notFound, refusal, wrapperMissing } from '../answers.js';
import type { WebhookRecord } from '../records.js';
import { renderWebhook } from '../render/render-settings.js';
import { type Call, type Route, param } from './route.js';

const scopes = ['settings'] as const;

/** There is no route to change one. */
export const webhookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/webhooks',
    scopes,
    handle: ({ books }) =>
      answer(
        200,
        [...books.webhooks.values()].map((webhook) => renderWebhook(books, webhook, false)),
      ),
  },
  {
    method: 'POST',
    path: '/webhooks',
    scopes,
    handle: async ({ books, body, act, tryAddress }) => {
      if ('events' in body) return refusal(400, "'events' has been removed from webhooks, use 'enabled_events'", { events: 'removed' });
      if (typeof body['url'] !== 'string' || body['url'] === '') return wrapperMissing('url');
      // The address must answer 200 before its secret is told; the vendor's words when it does not are not published.
      const status = await tryAddress(body['url']);
      if (status !== null && status !== 200) return invalid({ url: [{ message: 'could not be reached', error: 'unreachable' }] });
      const webhook: WebhookRecord = {
        ...books.stamp(act.at),
        url: body['url'],
        enabledEvents: Array.isArray(body['enabled_events']) ? body['enabled_events'].map(String) : [],
        token: books.random.text('ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789', 24),
        secret: books.random.text('0123456789abcdef', 64),
        deactivatedAt: null,
        lastHttpStatus: null,
        lastHttpBody: null,
      };
      books.webhooks.set(webhook.id, webhook);
      return answer(201, renderWebhook(books, webhook, true));
    },
  },
  {
    method: 'DELETE',
    path: '/webhooks/:id',
    scopes,
    handle: (call) => (call.books.webhooks.delete(param(call, 'id')) ? noContent : notFound()),
  },
  { method: 'PATCH', path: '/webhooks/:id/activate', scopes, handle: (call) => activated(call, null) },
  { method: 'PATCH', path: '/webhooks/:id/deactivate', scopes, handle: (call) => activated(call, call.act.at) },
];

function activated(call: Call, deactivatedAt: Date | null) {
  const webhook = call.books.webhooks.get(param(call, 'id'));
  if (!webhook) return modelNotFound('Webhook');
  webhook.deactivatedAt = deactivatedAt;
  return answer(200, renderWebhook(call.books, webhook, false));
}
