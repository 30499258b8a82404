import { type PlainDate, addDays, plainDate } from '../../../src/kernel/plain-date.js';
import { unwrap } from '../../../src/kernel/result.js';
import type { Act, Books } from '../../../src/sandbox/moneybird/books.js';
import { archiveContact, createContact } from '../../../src/sandbox/moneybird/contacts.js';
import { createExternalInvoice } from '../../../src/sandbox/moneybird/external.js';
import { createInvoice, creditInvoice, sendInvoice, setPaused } from '../../../src/sandbox/moneybird/invoicing.js';
import { registerPayment, settleCreditInvoice } from '../../../src/sandbox/moneybird/payments.js';
import type { ContactRecord, ExternalInvoiceRecord, InvoiceRecord } from '../../../src/sandbox/moneybird/records.js';
import { moneyText } from '../../../src/sandbox/moneybird/rules/money-text.js';
import { changeState } from '../../../src/sandbox/moneybird/states.js';
import { unpaidOn } from '../../../src/sandbox/moneybird/totals.js';
import { markUncollectible } from '../../../src/sandbox/moneybird/write-offs.js';

/**
 * Books with one of everything and more than one batch of contacts, sales and external invoices. What stands where follows from the
 * position of a record, so that a failing test is the same test the next time.
 */
export function fillBooks(books: Books): void {
  const contacts = Array.from({ length: 125 }, (_, at) => contactNumber(books, at)).slice(0, 120); // five never bought anything
  for (let at = 0; at < 230; at++) invoiceNumber(books, at, contacts);
  for (let at = 0; at < 108; at++) externalNumber(books, at, contacts);
}

/** Years before and after the turn, so that a list of this year alone would show. */
const dayOf = (at: number): PlainDate => addDays(plainDate('2025-06-01'), (at * 7) % 520);

function actOn(books: Books, day: PlainDate): Act {
  return { userId: books.owner.id, at: new Date(`${day}T09:00:00.250Z`) };
}

function contactNumber(books: Books, at: number): ContactRecord {
  const act = actOn(books, addDays(plainDate('2024-01-01'), at));
  const isPerson = at % 5 === 4;
  const limitField = books.customFields.find(({ name }) => name === 'Kredietlimiet');
  const contact = unwrap(
    createContact(
      books,
      {
        ...(isPerson
          ? { firstname: 'Noor', lastname: `Achternaam ${at}` }
          : { company_name: `Bedrijf ${at} B.V.`, chamber_of_commerce: '08123456' }),
        customer_id: `D-${1000 + at}`,
        send_invoices_to_email: at % 7 === 0 ? `a${at}@klant.example, b${at}@klant.example` : `a${at}@klant.example`,
        ...(at % 3 === 0 && { bank_account: 'NL20INGB0001234567' }),
        ...(at % 11 === 0 && { country: 'BE', phone: '+32 2 555 55 55', tax_number: 'BE0123456749' }),
        ...(at % 4 === 0 && { invoice_workflow_id: books.workflows[1]?.id }),
        ...(at % 6 === 0 && { custom_fields_attributes: [{ id: limitField?.id, value: '5000' }] }),
      },
      act,
    ),
  );
  if (at % 40 === 39 || at === 124) archiveContact(contact, act);
  return contact;
}

function invoiceNumber(books: Books, at: number, contacts: readonly ContactRecord[]): void {
  const day = dayOf(at);
  const act = actOn(books, day);
  const contact = contacts[at % contacts.length];
  const details_attributes = [
    { description: `Levering ${at}`, price: moneyText(10_000 + at * 37), amount: at % 9 === 0 ? '2 x' : '1' },
    { description: 'Vracht', price: '12.5' },
  ];
  const reference = at % 2 === 0 ? { reference: `PO-${at}` } : {};
  const invoice = unwrap(createInvoice(books, { contact_id: contact?.id, details_attributes, ...reference }, act));
  if (at % 23 === 22) return; // stays a draft
  unwrap(sendInvoice(books, invoice, { delivery_method: 'Manual', invoice_date: day }, act));
  afterwards(books, invoice, at, actOn(books, addDays(day, 3)));
}

function afterwards(books: Books, invoice: InvoiceRecord, at: number, act: Act): void {
  const left = unpaidOn(books, invoice);
  const pay = (price: number, extra: object = {}) =>
    unwrap(registerPayment(books, invoice, { price: moneyText(price), payment_date: books.day(act.at), ...extra }, act));
  switch (at % 10) {
    case 1:
    case 2:
    case 3:
      pay(left);
      return;
    case 4:
      pay(Math.floor(left / 3), { financial_account_id: books.financialAccounts[0]?.id });
      return;
    case 5:
      pay(left - 3);
      pay(3, { manual_payment_action: 'rounding_error' });
      return;
    case 6: {
      const credit = unwrap(creditInvoice(books, invoice, act));
      unwrap(sendInvoice(books, credit, { delivery_method: 'Manual' }, act));
      if (at % 20 === 6) settleCreditInvoice(books, credit, act);
      return;
    }
    case 7:
      if (at % 30 === 7) markUncollectible(books, invoice, undefined, act);
      else if (at % 30 === 17) changeState(invoice, 'pending_payment', act);
      else setPaused(invoice, true, act);
  }
}

function externalNumber(books: Books, at: number, contacts: readonly ContactRecord[]): ExternalInvoiceRecord {
  const day = dayOf(at * 3);
  const act = actOn(books, day);
  const contactId = at % 13 === 12 ? {} : { contact_id: contacts[(at * 5) % contacts.length]?.id };
  const lines = at % 17 === 16 ? {} : { details_attributes: [{ description: `Webshop ${at}`, price: moneyText(2_500 + at) }] };
  const due = at % 3 === 0 ? {} : { due_date: addDays(day, 21) };
  const invoice = unwrap(createExternalInvoice(books, { reference: `W-${at}`, date: day, ...contactId, ...lines, ...due }, act));
  if (at % 6 === 1) {
    unwrap(
      registerPayment(
        books,
        invoice,
        { price: moneyText(unpaidOn(books, invoice)), payment_date: day, transaction_identifier: `tr_${at}` },
        act,
      ),
    );
  }
  if (at % 19 === 18) markUncollectible(books, invoice, undefined, act);
  return invoice;
}
