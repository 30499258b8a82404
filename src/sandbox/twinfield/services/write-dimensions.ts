import type { OfficeBooks } from '../books.js';
import { type CustomerFields, addCustomer, changeCustomer } from '../customers.js';
import { customerXml } from '../render/customer-xml.js';
import type { CustomerRow } from '../records.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, el, textOf } from '../rules/xml.js';
import { readAddresses, readBanks } from './dimension-parts.js';
import { readCredit } from './dimension-credit.js';
import { type Asked, Findings, isMessage, officeOfRequest } from './outcome.js';

/** `<dimensions>` or a single `<dimension>`: customers are made or changed, each by itself (fact sheet §5.2). */
export function writeDimensions(asked: Asked, root: XmlElement): XmlElement {
  if (root.name === 'dimension') return writeOne(asked, root);
  const results = root.children.map((each) => writeOne(asked, each));
  const result = results.every(({ attributes }) => attributes['result'] === '1') ? '1' : '0';
  return el('dimensions', { ...root.attributes, result }, results);
}

function writeOne(asked: Asked, request: XmlElement): XmlElement {
  const { user, at } = asked;
  const findings = new Findings();
  const books = officeOfRequest(asked, request);
  if (isMessage(books)) {
    findings.add(child(request, 'office') ?? request, books);
    return findings.echo(request, user.language);
  }
  const code = textOf(request, 'code');
  const existing = code === undefined ? undefined : books.customers.get(code);
  checkKey(books, request, existing, findings);
  const fields = readFields(asked, books, request, existing, findings);
  if (!findings.isEmpty) return findings.echo(request, user.language);
  const customer = existing
    ? changeCustomer(existing, fields, at)
    : addCustomer(books, { ...fields, ...(code !== undefined && { code }) }, at);
  return customerXml(books, user.organisation, customer, { withOffice: true, result: '1', doubledCredit: !existing });
}

/** A code that is empty is none, and not the same as no code: that one asks for a number. */
function checkKey({ profile }: OfficeBooks, request: XmlElement, existing: CustomerRow | undefined, findings: Findings): void {
  const type = child(request, 'type');
  if (type?.text.trim() !== 'DEB') findings.add(type ?? request, MESSAGES.notImplemented);
  const code = child(request, 'code');
  const mask = profile.codeMask ?? '[0-9A-Za-z]{1,16}';
  if (code && !existing && !new RegExp(`^(?:${mask})$`).test(code.text.trim())) findings.add(code, MESSAGES.mask(mask));
  const inuse = child(request, 'inuse');
  if (inuse) findings.add(inuse, MESSAGES.inuse);
}

function readFields(
  { user }: Asked,
  books: OfficeBooks,
  request: XmlElement,
  existing: CustomerRow | undefined,
  findings: Findings,
): CustomerFields {
  const name = textOf(request, 'name') ?? '';
  if (name === '') findings.add(child(request, 'name') ?? request, MESSAGES.nameRequired);
  const texts = Object.fromEntries(
    (
      [
        ['shortname', 'shortname'],
        ['website', 'website'],
        ['cocnumber', 'cocNumber'],
        ['vatnumber', 'vatNumber'],
      ] as const
    ).flatMap(([element, field]) => {
      const text = textOf(request, element);
      return text === undefined ? [] : [[field, text]];
    }),
  );
  const credit = child(request, 'creditmanagement');
  const addresses = child(request, 'addresses');
  const banks = child(request, 'banks');
  const financials = child(request, 'financials');
  const status = request.attributes['status'];
  return {
    name,
    ...texts,
    ...(status !== undefined && { status: status === 'inactive' ? ('inactive' as const) : ('active' as const) }),
    ...(financials && readFinancials(financials, findings)),
    ...(credit && { credit: readCredit({ books, organisation: user.organisation, findings }, credit) }),
    ...(addresses && { addresses: readAddresses(addresses, existing?.addresses ?? []) }),
    ...(banks && { banks: readBanks(banks, existing?.banks ?? [], findings) }),
  };
}

function readFinancials(block: XmlElement, findings: Findings): CustomerFields {
  const days = child(block, 'duedays');
  if (days && !/^\d{1,3}$/.test(days.text.trim())) findings.add(days, MESSAGES.invalidValue('duedays'));
  const payCode = textOf(block, 'paycode');
  const payAvailable = textOf(block, 'payavailable');
  const ebillMail = textOf(block, 'ebillmail');
  return {
    ...(days && { dueDays: Number(days.text) }),
    ...(payCode !== undefined && { payCode }),
    ...(payAvailable !== undefined && { payAvailable: payAvailable === 'true' }),
    ...(ebillMail !== undefined && { ebillMail }),
  };
}
