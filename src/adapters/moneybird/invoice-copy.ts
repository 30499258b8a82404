import type { Send } from '../../platform/outgoing/http.js';
import { type Attachment, PackageError } from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { textOf } from './rules/record.js';
import { parseItemRef } from './rules/refs.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The PDF of a sales invoice: the API gives an address on the host where files are kept, good for thirty seconds; the token does not go
 * there (§3.3). External invoices have none.
 */
export async function invoiceCopy(api: AdministrationApi, itemRef: string, send: Send, baseUrl: string): Promise<Attachment | null> {
  const item = parseItemRef(itemRef);
  if (item?.collection !== 'sales_invoices') return null;
  const number = textOf((await api.get('sales_invoices', item.id))['invoice_id']) ?? item.id;
  const url = new URL(await api.invoicePdf(item.id), baseUrl);
  // In the clear only where the package itself is on this machine, and so are its files.
  const here = new URL(baseUrl).protocol === 'http:' && LOOPBACK.includes(url.hostname);
  if (url.protocol !== 'https:' && !here) throw new PackageError('refused', 'Moneybird keeps its files at an address that is not safe');
  const outcome = await send({
    method: 'GET',
    url: url.href,
    headers: { accept: 'application/pdf', 'user-agent': 'Tegoed' },
    binary: true,
  });
  if (outcome.kind === 'no-answer') throw new PackageError('unavailable', `the files of Moneybird cannot be reached: ${outcome.reason}`);
  if (outcome.status !== 200) throw new PackageError('unavailable', `the files of Moneybird answered ${outcome.status}`);
  return { fileName: `${number}.pdf`, base64: Buffer.from(outcome.body, 'latin1').toString('base64') };
}
