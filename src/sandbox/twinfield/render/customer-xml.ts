import type { OfficeBooks } from '../books.js';
import type { Organisation } from '../organisation.js';
import type { Address, BankAccount, CreditManagement, CustomerRow } from '../records.js';
import { amountText, compactTime } from '../rules/format.js';
import { type XmlElement, el, leaf } from '../rules/xml.js';

export interface CustomerRendering {
  /** Children of a list of all do not name their office. */
  readonly withOffice: boolean;
  readonly result?: '1';
  /** The block's children come twice, first as they were before: seen in replies to a new customer. */
  readonly doubledCredit?: boolean;
}

/** A customer as it is read, and as it comes back from a write (fact sheet §5.2). */
export function customerXml(books: OfficeBooks, organisation: Organisation, customer: CustomerRow, how: CustomerRendering): XmlElement {
  const office = el('office', { name: books.profile.name, shortname: '' }, books.code);
  return el('dimension', { status: customer.status, result: how.result }, [
    how.withOffice ? office : null,
    el('type', { name: 'Debiteuren', shortname: 'Debiteuren' }, 'DEB'),
    leaf('code', customer.code),
    leaf('uid', customer.uid),
    leaf('name', customer.name),
    leaf('shortname', customer.shortname),
    leaf('inuse', String(books.isInUse(customer.code))),
    leaf('behaviour', 'normal'),
    ...['beginperiod', 'beginyear', 'endperiod', 'endyear'].map((name) => leaf(name, '0')),
    leaf('website', customer.website),
    leaf('cocnumber', customer.cocNumber),
    leaf('vatnumber', customer.vatNumber),
    leaf('editdimensionname', 'false'),
    financials(customer),
    el('addresses', {}, customer.addresses.map(address)),
    el('banks', {}, customer.banks.map(bank)),
    el('remittanceadvice', {}, [leaf('sendtype', 'ToFileManager'), leaf('sendmail', '')]),
    creditXml(books, organisation, customer, how.doubledCredit ?? false),
    leaf('touched', String(customer.touched)),
    leaf('modified', compactTime(customer.modifiedAt)),
  ]);
}

const financials = ({ dueDays, payAvailable, payCode, ebillMail }: CustomerRow): XmlElement =>
  el('financials', {}, [
    leaf('matchtype', 'customersupplier'),
    leaf('accounttype', 'inherit'),
    leaf('subanalyse', 'false'),
    leaf('level', '2'),
    leaf('duedays', String(dueDays)),
    leaf('payavailable', String(payAvailable)),
    leaf('meansofpayment', payAvailable ? 'paymentfile' : 'none'),
    el('paycode', { name: payCode, shortname: '', id: payCode }, payCode),
    leaf('ebilling', String(ebillMail !== '')),
    leaf('ebillmail', ebillMail),
    leaf('substitutionlevel', '1'),
    el('substitutewith', { name: 'Debiteuren', dimensiontype: 'BAS', id: '1300' }, '1300'),
  ]);

function creditXml(books: OfficeBooks, { users }: Organisation, { credit, modifiedAt }: CustomerRow, doubled: boolean): XmlElement {
  const responsible = { name: users.get(credit.responsibleUser)?.name ?? '', shortname: '' };
  const blocked = { locked: String(credit.blockedLocked), modified: compactTime(modifiedAt) };
  const children = (block: CreditManagement): XmlElement[] => [
    el('responsibleuser', responsible, block.responsibleUser),
    leaf('basecreditlimit', block.creditLimit === null ? '' : amountText(block.creditLimit, books.currency)),
    leaf('sendreminder', block.sendReminder),
    leaf('reminderemail', block.reminderEmail),
    el('blocked', blocked, String(block.blocked)),
    leaf('freetext1', block.freetext1),
    leaf('freetext2', block.freetext2),
    leaf('freetext3', block.freetext3),
    leaf('comment', block.comment),
  ];
  const before = doubled ? children({ ...credit, responsibleUser: '', creditLimit: 0, sendReminder: 'true', comment: '' }) : [];
  return el('creditmanagement', {}, [...before, ...children(credit)]);
}

const address = (row: Address): XmlElement =>
  el('address', { id: String(row.id), type: row.type, default: String(row.isDefault) }, [
    leaf('name', row.name),
    el('country', { name: row.country }, row.country),
    leaf('city', row.city),
    leaf('postcode', row.postcode),
    leaf('telephone', row.telephone),
    leaf('telefax', ''),
    leaf('email', row.email),
    leaf('contact', row.contact),
    ...row.fields.map((text, nth) => leaf(`field${nth + 1}`, text)),
  ]);

const bank = (row: BankAccount): XmlElement =>
  el('bank', { id: String(row.id), default: String(row.isDefault) }, [
    leaf('ascription', row.ascription),
    leaf('accountnumber', ''),
    leaf('bankname', ''),
    leaf('biccode', row.bic),
    leaf('city', ''),
    leaf('country', row.country),
    leaf('iban', row.iban),
  ]);
