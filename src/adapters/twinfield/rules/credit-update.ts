import { TWINFIELD } from '../vendor.js';
import { CREDIT_FIELDS, type CreditBlock, type CustomerRecord } from './customer.js';
import { ATTRIBUTES, type XmlContent, buildXml } from './xml.js';

/**
 * The update of a customer's credit fields (§7.4, §9): name and keys, and the whole block, because what becomes of a part that is left out
 * is not known. Nothing else of the customer is sent, so nothing else can be overwritten.
 */
export function creditUpdate(office: string, { code, name, status }: CustomerRecord, credit: CreditBlock): string {
  const fields = Object.fromEntries(CREDIT_FIELDS.map((field) => [field, credit[field]]));
  const dimension: XmlContent = {
    [ATTRIBUTES]: status === 'active' ? undefined : { status },
    office,
    type: TWINFIELD.customerType,
    code,
    name,
    creditmanagement: fields,
  };
  return buildXml('dimensions', { dimension });
}
