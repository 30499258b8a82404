import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ContractValidator, moneybirdDocumentIsThere, moneybirdValidator } from './support/openapi.js';

const suite = moneybirdDocumentIsThere('the OpenAPI validator') ? describe : describe.skip;

suite('the OpenAPI validator', () => {
  let validator: ContractValidator;
  beforeAll(() => {
    validator = moneybirdValidator();
  });

  it('finds the operation of a path, literal segments before placeholders, with and without suffix', () => {
    expect(validator.template('get', '/api/v2/123/contacts/filter.json?filter=x')).toBe('/{administration_id}/contacts/filter{format}');
    expect(validator.template('GET', '/123/contacts/456')).toBe('/{administration_id}/contacts/{id}{format}');
    expect(validator.template('get', 'http://127.0.0.1:9/api/v2/administrations')).toBe('/administrations{format}');
    expect(validator.template('delete', '/administrations.json')).toBeNull();
  });

  it('takes every response the vendor recorded for sales invoices, contacts and payments', () => {
    const problems: string[] = [];
    let seen = 0;
    for (const { template, method, status, name, value } of validator.recordedResponses()) {
      if (!/sales_invoices|contacts|payments|workflows|webhooks/.test(template)) continue;
      seen++;
      const path = template.replace('{format}', '.json').replaceAll(/\{[^}]+\}/g, '1');
      for (const problem of validator.response(method, path, status, value)) problems.push(`${method} ${template} ${name}: ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  });

  it('refuses a wrong wrapper, an unknown key, an unknown query parameter and a body where none belongs', () => {
    expect(validator.request('post', '/1/sales_invoices/2/notes.json', { note: { note: 'x' } })).toEqual([]);
    expect(validator.request('post', '/1/sales_invoices/2/notes.json', { remark: { note: 'x' } })).not.toEqual([]);
    expect(validator.request('post', '/1/sales_invoices/synchronization.json', {})).not.toEqual([]);
    expect(validator.request('get', '/1/sales_invoices.json?perpage=100')).toEqual(['the operation has no query parameter perpage']);
    expect(validator.request('get', '/1/workflows.json', { page: 1 })).toEqual(['the operation takes no body']);
  });

  it('refuses a response with a wrong enum value, an unknown key, or a status nobody describes', () => {
    expect(validator.response('get', '/administrations.json', 200, [{ id: '1', access: 'user' }])).toEqual([]);
    expect(validator.response('get', '/administrations.json', 200, [{ id: '1', access: 'boss' }])).not.toEqual([]);
    expect(validator.response('get', '/administrations.json', 200, [{ id: '1', colour: 'red' }])).not.toEqual([]);
    expect(validator.response('get', '/1/contacts/2.json', 429, 'Retry later')).toEqual([]);
    expect(validator.response('get', '/1/contacts/2.json', 418, {})).toEqual(['the document knows no status 418 here or elsewhere']);
  });
});
