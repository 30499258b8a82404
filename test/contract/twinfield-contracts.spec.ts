import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { failureOf, faultIn } from '../../src/adapters/twinfield/rules/failure.js';
import { type XmlElement, childOf, parseXml, walk } from '../../src/adapters/twinfield/rules/xml.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/twinfield/', import.meta.url));
const corpusIsThere = existsSync(folder);
if (!corpusIsThere) process.stderr.write(`SKIPPED the Twinfield adapter against the vendor's contracts: there is no corpus at ${folder}\n`);

interface Part {
  readonly name: string;
  readonly isRequired: boolean;
}

/** The elements and types of a contract by name, each with the sequence of its parts. */
function contract(file: string): ReadonlyMap<string, readonly Part[]> {
  const types = new Map<string, readonly Part[]>();
  for (const { element } of walk(unwrap(parseXml(readFileSync(`${folder}${file}`, 'utf8'))))) {
    const type = element.name === 'complexType' ? element : childOf(element, 'complexType');
    const sequence = childOf(type, 'sequence');
    const { name } = element.attributes;
    if (name === undefined || sequence === undefined) continue;
    const parts = sequence.children.map(({ attributes }) => ({
      name: attributes['name'] ?? '',
      isRequired: attributes['minOccurs'] === '1',
    }));
    types.set(name, parts);
  }
  return types;
}

/** What breaks a sequence: names it does not have, in another order, or required ones that are missing. */
function breaches(element: XmlElement, parts: readonly Part[] | undefined): string[] {
  if (parts === undefined) return [`${element.name} is in no contract`];
  const names = element.children.map(({ name }) => name);
  const inOrder = parts.map(({ name }) => name).filter((name) => names.includes(name));
  const missing = parts.filter(({ name, isRequired }) => isRequired && !names.includes(name)).map(({ name }) => name);
  return [
    ...(inOrder.join() === [...new Set(names)].join() ? [] : [`${element.name} has ${names.join(', ')}`]),
    ...missing.map((name) => `${element.name} lacks ${name}`),
  ];
}

(corpusIsThere ? describe : describe.skip)("the vendor's contracts of its services", () => {
  const process = corpusIsThere ? contract('processxml.wsdl') : new Map<string, readonly Part[]>();
  const finder = corpusIsThere ? contract('finder.wsdl') : new Map<string, readonly Part[]>();

  it('know every request of a probe, a pull and pushes', async () => {
    const harness = new TwinfieldHarness();
    await harness.start();
    const [adapter, ledger, office] = [harness.connect(), new LedgerDouble(), harness.administrationRef];
    await adapter.administrations();
    await adapter.probe(office);
    await adapter.pull(office, null, ledger.sink, ledger.memory);
    const on = plainDate('2026-11-20');
    const base = { on, about: { item: harness.openInvoice.ref } };
    await adapter.push(office, { ...base, marker: 'AAAAAAAAA1', kind: 'handover', text: 'x' });
    await adapter.push(office, { ...base, marker: 'AAAAAAAAA2', kind: 'payment-match', amount: 100, currency: 'EUR', paidOn: on });
    await harness.stop();

    const found = harness.requests.flatMap(({ url, body }) => {
      const types = url.endsWith('processxml.asmx') ? process : url.endsWith('finder.asmx') ? finder : null;
      if (types === null) return [];
      const envelope = unwrap(parseXml(body));
      const header = childOf(childOf(envelope, 'Header'), 'Header');
      const method = childOf(envelope, 'Body')?.children[0];
      if (!header || !method) return ['a request without header or method'];
      return [...breaches(header, types.get('Header') ?? process.get('Header')), ...breaches(method, types.get(method.name))];
    });
    expect(harness.requests.length).toBeGreaterThan(15);
    expect([...new Set(found)]).toEqual([]);
  });

  it('and its recorded refusal of a token is read as one', () => {
    const fault = faultIn(readFileSync(`${folder}soap-fault-invalid-token.xml`, 'utf8'));
    expect(fault).toEqual({ code: '354', words: 'Access denied. Token invalid.' });
    expect(failureOf(401, fault, 'the customers').kind).toBe('consent-lost');
  });
});
