import { answer, noContent, notFound, wrapperMissing } from '../answers.js';
import { registerPayment, removePayment } from '../payments.js';
import type { AnyInvoice } from '../records.js';
import { renderPayment } from '../render/render-common.js';
import type { Scope } from '../tokens.js';
import { type Call, type Route, param, wrapped } from './route.js';

export interface PaymentRoutes {
  /** `/sales_invoices/:parent` */
  readonly path: string;
  readonly scopes: readonly Scope[];
  readonly find: (call: Call, id: string) => AnyInvoice | null;
}

/** Registering and taking back payments; both kinds of invoice have the same. */
export function paymentRoutes({ path, scopes, find }: PaymentRoutes): Route[] {
  return [
    {
      method: 'POST',
      path: `${path}/payments`,
      scopes,
      handle: (call) => {
        const invoice = find(call, param(call, 'parent'));
        if (!invoice) return notFound('invoice_id');
        const input = wrapped(call, 'payment');
        if (!input) return wrapperMissing('payment');
        const payment = registerPayment(call.books, invoice, input, call.act);
        return payment.ok ? answer(201, renderPayment(call.books, payment.value)) : payment.error;
      },
    },
    {
      method: 'DELETE',
      path: `${path}/payments/:id`,
      scopes,
      handle: (call) => {
        const invoice = find(call, param(call, 'parent'));
        return invoice ? (removePayment(call.books, invoice, param(call, 'id'), call.act) ?? noContent) : notFound('invoice_id');
      },
    },
  ];
}

/** A payment by its own id; no scope is named for it. */
export const paymentRoute: Route = {
  method: 'GET',
  path: '/payments/:id',
  scopes: [],
  handle: (call) => {
    const payment = call.books.payments.get(param(call, 'id'));
    return payment ? answer(200, renderPayment(call.books, payment)) : notFound();
  },
};
