import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type XmlElement, child, childrenOf, parseXml } from '../../src/sandbox/twinfield/rules/xml.js';
import { type TwinfieldFixture, envelope, startTwinfield } from './support/twinfield-client.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/twinfield/', import.meta.url));
const corpusIsThere = existsSync(folder);
if (!corpusIsThere)
  process.stderr.write(`SKIPPED the Twinfield simulator against the vendor's contracts: there is no corpus at ${folder}\n`);

const suite = corpusIsThere ? describe : describe.skip;
const OFFICES = '<list><type>offices</type></list>';

/** Every element of a kind below another one, wherever it is. */
const below = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((each) => [...(each.name === name ? [each] : []), ...below(each, name)]);
const named = (elements: readonly XmlElement[], name: string): XmlElement => {
  const found = elements.find(({ attributes }) => attributes['name'] === name);
  if (!found) throw new Error(`the contract has no ${name}`);
  return found;
};

suite('the simulator and the contracts of the services', () => {
  let fixture: TwinfieldFixture;
  const contract = (file: string): XmlElement => parseXml(readFileSync(`${folder}${file}`, 'utf8').replace(/^\uFEFF/, ''));
  /** Names of what a complex type or element holds, in their order. */
  const sequenceOf = (wsdl: XmlElement, kind: 'element' | 'complexType', name: string): string[] => {
    const [sequence] = below(named(below(wsdl, kind), name), 'sequence');
    return sequence ? childrenOf(sequence, 'element').map(({ attributes }) => attributes['name'] ?? '') : [];
  };
  /** `SOAPAction` of an operation in the SOAP 1.1 binding. */
  const actionOf = (wsdl: XmlElement, operation: string): string => {
    const [binding] = childrenOf(wsdl, 'binding');
    const found = binding && child(named(childrenOf(binding, 'operation'), operation), 'operation');
    return found?.attributes['soapAction'] ?? '';
  };
  /** A header with everything the contract lets be in it, in its order. */
  const headerOf = (wsdl: XmlElement): string => {
    const values: Readonly<Record<string, string>> = {
      AccessToken: `<AccessToken>${fixture.grant.access?.value}</AccessToken>`,
      CompanyCode: '<CompanyCode>KD01</CompanyCode>',
      CompanyId: '<CompanyId xsi:nil="true"/>',
    };
    const inside = sequenceOf(wsdl, 'complexType', 'Header').map((name) => values[name] ?? '');
    return `<Header xmlns="http://www.twinfield.com/">${inside.join('')}</Header>`;
  };
  const post = async (path: string, action: string, body: string): Promise<XmlElement> => {
    const reply = await fetch(`${fixture.cluster}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: `"${action}"` },
      body,
    });
    const [inside] = child(parseXml(await reply.text()), 'Body')?.children ?? [];
    if (!inside) throw new Error('an envelope without a body');
    return inside;
  };

  beforeAll(async () => {
    fixture = await startTwinfield('2026-10-14', { limits: false });
  });
  afterAll(() => fixture.sandbox.stop());

  it.each(['ProcessXmlString', 'ProcessXmlDocument'])('%s is asked and answered as its contract says', async (operation) => {
    const wsdl = contract('processxml.wsdl');
    const [argument] = sequenceOf(wsdl, 'element', operation);
    const [result] = sequenceOf(wsdl, 'element', `${operation}Response`);
    const inside = operation === 'ProcessXmlString' ? `<![CDATA[${OFFICES}]]>` : OFFICES.replace('<list>', '<list xmlns="">');
    const method = `<${operation} xmlns="http://www.twinfield.com/"><${argument}>${inside}</${argument}></${operation}>`;
    const answer = await post('/webservices/processxml.asmx', actionOf(wsdl, operation), envelope(headerOf(wsdl), method));
    expect([answer.name, answer.namespace, answer.children.map(({ name }) => name)]).toEqual([`${operation}Response`, 'http://www.twinfield.com/', [result]]); // prettier-ignore
  });

  it('the finder is asked and answered as its contract says, and knows no codes of its own', async () => {
    const wsdl = contract('finder.wsdl');
    const values: Readonly<Record<string, string>> = { type: 'USR', pattern: '*', field: '0', firstRow: '1', maxRows: '25', options: '' };
    const inside = sequenceOf(wsdl, 'element', 'Search').map((name) => `<${name}>${values[name]}</${name}>`);
    const method = (search: string): string => envelope(headerOf(wsdl), `<Search xmlns="http://www.twinfield.com/">${search}</Search>`);
    const ask = (search: string) => post('/webservices/finder.asmx', actionOf(wsdl, 'Search'), method(search));
    const answer = await ask(inside.join(''));
    expect(answer.children.map(({ name }) => name)).toEqual(sequenceOf(wsdl, 'element', 'SearchResponse'));
    expect(child(answer, 'data')?.children.map(({ name }) => name)).toEqual(sequenceOf(wsdl, 'complexType', 'FinderData'));
    const known = below(named(below(wsdl, 'simpleType'), 'ErrorCodes'), 'enumeration').map(({ attributes }) => attributes['value']);
    const wrong = [
      inside.join('').replace('USR', 'NON'),
      inside.join('').replace('USR', 'DIM'),
      inside.join('').replace('>25<', '>26<'),
      inside
        .join('')
        .replace('<options></options>', '<options><ArrayOfString><string>colour</string><string>red</string></ArrayOfString></options>'),
    ];
    for (const search of wrong) {
      const [message] = below(await ask(search), 'MessageOfErrorCodes');
      expect(message?.children.map(({ name }) => name)).toEqual(sequenceOf(wsdl, 'complexType', 'MessageOfErrorCodes'));
      expect(known).toContain(message && child(message, 'Code')?.text);
    }
  });

  it('a token that is not valid gives the recorded fault', async () => {
    const recorded = contract('soap-fault-invalid-token.xml');
    const method = '<ProcessXmlDocument xmlns="http://www.twinfield.com/"><xmlRequest><list xmlns=""/></xmlRequest></ProcessXmlDocument>';
    const header = '<Header xmlns="http://www.twinfield.com/"><AccessToken>old</AccessToken><CompanyId xsi:nil="true"/></Header>';
    const action = actionOf(contract('processxml.wsdl'), 'ProcessXmlDocument');
    const ours = await post('/webservices/processxml.asmx', action, envelope(header, method));
    const [theirs] = below(recorded, 'Fault');
    // Whose address it is differs.
    const told = (fault: XmlElement | undefined): unknown =>
      fault?.children.map(({ name, namespace, text, children }) =>
        name === 'faultactor' ? name : [name, namespace, text.trim(), children.map((each) => [each.name, each.namespace, each.text])],
      );
    expect(told(ours)).toEqual(told(theirs));
  });
});
