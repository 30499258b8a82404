import { afterEach, describe, expect, it } from '@jest/globals';
import { addCustomer } from '../../src/sandbox/twinfield/customers.js';
import { isWrite } from '../../src/sandbox/twinfield/faults.js';
import { ALL_SCOPES } from '../../src/sandbox/twinfield/oidc-grants.js';
import {
  PROFILE,
  type TwinfieldFixture,
  ask,
  asmxHeader,
  envelope,
  faultOf,
  processString,
  startTwinfield,
} from './support/twinfield-client.js';

let fixture: TwinfieldFixture;
afterEach(() => fixture.sandbox.stop());

const OFFICES = '<list><type>offices</type></list>';
const DEBTORS = '<list><type>dimensions</type><dimtype>DEB</dimtype></list>';
const PROCESS = '/webservices/processxml.asmx';
const SOAP_TYPE = { 'content-type': 'text/xml; charset=utf-8', soapaction: '"http://www.twinfield.com/ProcessXmlString"' };
const customer = (code: string, name = 'Naam'): string => `<dimension><type>DEB</type><code>${code}</code><name>${name}</name></dimension>`;

describe('an envelope', () => {
  const post = (body: string, headers: Record<string, string> = SOAP_TYPE) =>
    ask(`${fixture.cluster}${PROCESS}`, { method: 'POST', headers, body });
  const token = (): string => fixture.grant.access?.value ?? '';

  it('that is not one of the contract gets 400 with nothing in it', async () => {
    fixture = await startTwinfield('2026-10-14');
    const good = envelope(asmxHeader(token(), 'KD01'), processString(OFFICES));
    expect((await post(good)).status).toBe(200);
    const wrong = [
      good.slice(0, -10),
      good.replace(' xsi:nil="true"/>', '>no-guid</CompanyId>'),
      good.replace('<CompanyId xsi:nil="true"/>', ''),
      good.replace(/(<AccessToken>.*<\/AccessToken>)(<CompanyCode>KD01<\/CompanyCode>)/, '$2$1'),
      good.replace('<ProcessXmlString xmlns="http://www.twinfield.com/">', '<ProcessXmlString>'),
      good.replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
      `<!DOCTYPE x>${good}`,
      'no xml',
    ];
    for (const body of wrong) {
      const reply = await post(body);
      expect([reply.status, reply.text]).toEqual([400, '']);
    }
    expect((await post(good, { ...SOAP_TYPE, soapaction: '"http://www.twinfield.com/Search"' })).status).toBe(400);
    expect((await post(good, { ...SOAP_TYPE, 'content-type': 'application/json' })).status).toBe(415);
    expect((await ask(`${fixture.cluster}${PROCESS}`)).status).toBe(405);
    expect((await ask(`${fixture.cluster}/webservices/ebankstatements.asmx`, { method: 'POST' })).status).toBe(404);
  });

  it('says who asks: a header, a token, no session, not both', async () => {
    fixture = await startTwinfield('2026-10-14');
    const code = async (header: string) => faultOf(await fixture.call(OFFICES, { header }));
    const header = (inside: string): string => `<Header xmlns="http://www.twinfield.com/">${inside}<CompanyId xsi:nil="true"/></Header>`;
    expect(await code('')).toBe('101');
    expect(await code(header('<SessionID>abc</SessionID>'))).toBe('103');
    expect(await code(header(`<SessionID>abc</SessionID><AccessToken>${token()}</AccessToken>`))).toBe('360');
    expect(await code(header(''))).toBe('354');
    expect(await code(header(`<AccessToken>${token()}</AccessToken>`))).toBeUndefined();
  });

  it('names the office, by code or by GUID, but for the list of offices', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { books } = fixture;
    addCustomer(books, { code: '1037', name: 'Een' }, fixture.clock.now());
    const none = await fixture.call(DEBTORS, { office: null });
    expect([none.status, faultOf(none)]).toEqual([403, '359']);
    expect(await fixture.process(OFFICES, { office: null })).toContain('KD01');
    const byId = asmxHeader(token(), null).replace(' xsi:nil="true"/>', `>${books.id}</CompanyId>`);
    expect(await fixture.process(DEBTORS, { header: byId })).toContain('1037');
    const both = asmxHeader(token(), 'KD01').replace(' xsi:nil="true"/>', `>${books.id}</CompanyId>`);
    expect(faultOf(await fixture.call(DEBTORS, { header: both }))).toBe('361');
  });

  it('may be a document, in no namespace, and not compressed', async () => {
    fixture = await startTwinfield('2026-10-14');
    const send = (method: string, inside: string) =>
      fixture.soap(PROCESS, method, `<${method} xmlns="http://www.twinfield.com/"><xmlRequest>${inside}</xmlRequest></${method}>`);
    const good = await send('ProcessXmlDocument', OFFICES.replace('<list>', '<list xmlns="">'));
    expect(good.text).toContain('<ProcessXmlDocumentResult><offices xmlns="" result="1"><office name="Korenaar Demo"');
    expect(faultOf(await send('ProcessXmlDocument', OFFICES))).toBe('187');
    expect(faultOf(await send('ProcessXmlCompressed', 'H4sI'))).toBe('100');
  });

  it('holds XML that is sound, and of a kind that is known', async () => {
    fixture = await startTwinfield('2026-10-14');
    const broken = await fixture.call('<list><type>offices</list>');
    expect([broken.status, faultOf(broken)]).toEqual([500, '187']);
    expect(await fixture.process('<general/>')).toBe('<general msgtype="error" msg="Type niet geïmplementeerd." result="0"/>');
  });

  it('has no place for names and passwords', async () => {
    fixture = await startTwinfield('2026-10-14');
    const logon = '<Logon xmlns="http://www.twinfield.com/"><user>x</user><password>y</password><organisation>z</organisation></Logon>';
    expect((await fixture.soap('/webservices/session.asmx', 'Logon', logon)).text).toContain('<LogonResult>OAuth2AuthenticationRequired<');
  });

  it('of an organisation or user that is shut is refused', async () => {
    fixture = await startTwinfield('2026-10-14');
    fixture.organisation.active = false;
    expect(faultOf(await fixture.call(OFFICES))).toBe('106');
    fixture.organisation.active = true;
    fixture.user.state = 'deleted';
    expect(faultOf(await fixture.call(OFFICES))).toBe('104');
  });
});

describe('offices', () => {
  it('are those the user sees; each has its own books', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, organisation, books, clock, app } = fixture;
    const second = sandbox.addOffice(organisation, 'KD02', { ...PROFILE, name: 'Tweede' });
    sandbox.addOffice(organisation, 'KD03', { ...PROFILE, name: 'Verborgen' });
    const stranger = sandbox.addOrganisation('ANDERS');
    sandbox.addOffice(stranger, 'XX01', { ...PROFILE, name: 'Vreemd' });
    addCustomer(books, { code: '1037', name: 'Van de een' }, clock.now());
    addCustomer(second, { code: '1037', name: 'Van de ander' }, clock.now());
    fixture.user.offices = new Set(['KD01', 'KD02']);
    expect(await fixture.process(OFFICES)).toBe(
      '<offices result="1"><office name="Korenaar Demo" shortname="Korenaar">KD01</office><office name="Tweede" shortname="Korenaar">KD02</office></offices>',
    );
    for (const office of ['KD03', 'XX01', 'NONE', 'kd01']) {
      const refused = await fixture.call(DEBTORS, { office });
      expect([refused.status, faultOf(refused)]).toEqual([403, '102']);
    }
    expect(await fixture.process(DEBTORS, { office: 'KD02' })).toContain('Van de ander');
    // An office in the document goes before the one in the header.
    expect(await fixture.process(DEBTORS.replace('</type>', '</type><office>KD02</office>'))).toContain('Van de ander');
    expect(await fixture.process(DEBTORS.replace('</type>', '</type><office>KD03</office>'))).toContain('U hebt geen toegang');
    expect(await fixture.process(DEBTORS.replace('</type>', '</type><office>NONE</office>'))).toContain('De administratie bestaat niet.');
    const other = sandbox.oidc.grant(app, sandbox.addUser(stranger), ALL_SCOPES);
    expect(await fixture.process(OFFICES, { token: other.access?.value ?? '', office: null })).toContain('XX01');
  });

  it('are read in detail when both elements are there', async () => {
    fixture = await startTwinfield('2026-10-14');
    const whole = '<read><type>office</type><office>KD01</office><code>KD01</code></read>';
    expect(await fixture.process(whole)).toContain('<basecurrency>EUR</basecurrency>');
    expect(await fixture.process(whole.replace('<office>KD01</office>', ''))).toContain('U hebt geen toegang tot deze administratie.');
    expect(await fixture.process(whole.replace('<code>KD01</code>', ''))).toContain('result="0"');
  });
});

describe('limits', () => {
  const spend = async (xml: string, times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let nth = 0; nth < times; nth++) statuses.push((await fixture.call(xml)).status);
    return statuses;
  };

  it('are 25 credits a minute before certification: reading costs one, everything else three', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { clock, sandbox, books, app, organisation } = fixture;
    const write = (code: string): string => `<dimensions>${customer(code)}</dimensions>`;
    for (let nth = 0; nth < 8; nth++) expect((await fixture.call(write(String(1_000 + nth)))).status).toBe(200);
    const last = await fixture.call(OFFICES);
    const left = ['limit', 'remaining', 'credited'].map((name) => last.headers.get(`x-ratelimit-${name}`));
    expect([last.status, ...left]).toEqual([200, '25', '0', '1']);
    clock.advance(20_000);
    const refused = await fixture.call(write('2000'));
    expect([refused.status, refused.headers.get('retry-after'), refused.text]).toEqual([429, '40', '']);
    expect(books.customers.has('2000')).toBe(false);
    clock.advance(40_000);
    expect((await fixture.call(write('2000'))).status).toBe(200);
    expect([sandbox.guard.creditsSpent(app.id, 'KORENAAR'), sandbox.guard.mostInMinute(app.id, organisation.code), sandbox.guard.refused]).toEqual([28, 25, 1]); // prettier-ignore
  });

  it('are 500 with certification', async () => {
    fixture = await startTwinfield('2026-10-14', {}, { certified: true });
    expect(new Set(await spend(OFFICES, 30))).toEqual(new Set([200]));
    expect((await fixture.call(OFFICES)).headers.get('x-ratelimit-limit')).toBe('500');
  });

  it('hold for each organisation by itself, and for the client over all of them', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, app } = fixture;
    const tokens = ['A', 'B', 'C'].map((code) => {
      const organisation = sandbox.addOrganisation(code);
      return sandbox.oidc.grant(app, sandbox.addUser(organisation)).access?.value ?? '';
    });
    const statuses: number[] = [];
    for (const token of tokens)
      for (let nth = 0; nth < 20; nth++) statuses.push((await fixture.call(OFFICES, { token, office: null })).status);
    // 20 + 20 + 10: then the client's 50 are gone.
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(statuses.slice(0, 50)).not.toContain(429);
  });

  it('can be used up by another program, and refuse more than ten at once', async () => {
    fixture = await startTwinfield('2026-10-14');
    fixture.sandbox.guard.useUp(fixture.grant, 25);
    expect((await fixture.call(OFFICES)).status).toBe(429);
    fixture.clock.advance(60_000);
    // Ten that are never answered are under way for good.
    fixture.sandbox.faults.next('hang-after', { times: 10 });
    const hanging = Array.from({ length: 10 }, () => fixture.call(OFFICES).catch(() => null));
    while (fixture.sandbox.log.count(({ status }) => status === 0) < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await fixture.call(OFFICES)).status).toBe(429);
    expect(fixture.sandbox.guard.mostInFlight(fixture.app.id, 'KORENAAR')).toBe(11);
    await fixture.sandbox.stop();
    await Promise.all(hanging);
  });

  it('are 25 objects a request and a thousand lines a transaction', async () => {
    fixture = await startTwinfield('2026-10-14', { limits: false });
    const batch = (size: number): string =>
      `<dimensions>${Array.from({ length: size }, (_, nth) => customer(String(1_000 + nth))).join('')}</dimensions>`;
    expect((await fixture.call(batch(26))).status).toBe(400);
    expect(fixture.books.customers.size).toBe(0);
    expect((await fixture.call(batch(25))).status).toBe(200);
    const lines = (count: number): string => `<transaction><header/><lines>${'<line/>'.repeat(count)}</lines></transaction>`;
    expect((await fixture.call(lines(1_001))).status).toBe(400);
    expect((await fixture.call(lines(1_000))).status).toBe(200);
  });
});

describe('faults', () => {
  const write = `<dimensions>${customer('1')}${customer('2')}${customer('3')}${customer('4')}</dimensions>`;

  it('answer something else, and do nothing', async () => {
    fixture = await startTwinfield('2026-10-14', { limits: false });
    const { faults } = fixture.sandbox;
    const expected = [
      ['rate-limited', 429, undefined],
      ['crash', 500, '100'],
      ['maintenance', 503, undefined],
      ['maintenance-200', 200, undefined],
      ['unauthorized', 401, '354'],
      ['forbidden', 403, '102'],
      ['validation-down', 500, '358'],
      ['wrong-cluster', 500, '108'],
    ] as const;
    for (const [kind, status, code] of expected) {
      faults.next(kind);
      const reply = await fixture.call(write);
      expect([kind, reply.status, faultOf(reply)]).toEqual([kind, status, code]);
    }
    faults.next('drop');
    await expect(fixture.call(write)).rejects.toThrow();
    expect(fixture.books.customers.size).toBe(0);
    expect((await fixture.call(write)).status).toBe(200);
  });

  it('lose the answer of what was done, or do half of it', async () => {
    fixture = await startTwinfield('2026-10-14', { limits: false });
    const { faults, log } = fixture.sandbox;
    faults.next('drop-halfway', { match: isWrite });
    await expect(fixture.call(write)).rejects.toThrow();
    expect([...fixture.books.customers.keys()]).toEqual(['1', '2']);
    faults.next('crash-after', { match: isWrite });
    expect((await fixture.call(OFFICES)).status).toBe(200);
    expect((await fixture.call(write)).status).toBe(500);
    expect([...fixture.books.customers.keys()]).toEqual(['1', '2', '3', '4']);
    faults.next('drop-after', { match: isWrite });
    await expect(fixture.call(write)).rejects.toThrow();
    expect(fixture.books.customer('1').touched).toBe(3);
    expect(log.count(isWrite)).toBe(3);
    expect(log.requests.at(-1)).toMatchObject({ path: `${PROCESS}#dimensions`, query: '?office=KD01', status: 0, fault: 'drop-after' });
  });

  it('may be silence', async () => {
    fixture = await startTwinfield('2026-10-14', { limits: false });
    fixture.sandbox.faults.next('hang');
    const signal = AbortSignal.timeout(100);
    await expect(ask(`${fixture.cluster}${PROCESS}`, { method: 'POST', headers: SOAP_TYPE, body: envelope('', processString(OFFICES)), signal })).rejects.toThrow(); // prettier-ignore
  });
});
