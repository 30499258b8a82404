import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusedAddress } from './addresses.js';
import { parseEndpoint } from './endpoint.js';

describe('addresses that are refused', () => {
  /** First and last of every range of agency-handover.md §8. */
  it.each([
    ['0.0.0.0', '0.255.255.255'], ['10.0.0.0', '10.255.255.255'], ['172.16.0.0', '172.31.255.255'], ['192.168.0.0', '192.168.255.255'],
    ['100.64.0.0', '100.127.255.255'], ['127.0.0.0', '127.255.255.255'], ['169.254.0.0', '169.254.255.255'], ['192.0.0.0', '192.0.0.255'],
    ['192.0.2.0', '192.0.2.255'], ['198.51.100.0', '198.51.100.255'], ['203.0.113.0', '203.0.113.255'], ['192.88.99.0', '192.88.99.255'],
    ['198.18.0.0', '198.19.255.255'], ['224.0.0.0', '239.255.255.255'], ['240.0.0.0', '255.255.255.255'],
    ['::', '::1'], ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], ['fd00:ec2::254', 'fdff::1'],
    ['fe80::', 'febf:ffff::'], ['fec0::', 'feff:ffff::'], ['ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::ffff:0.0.0.0', '::ffff:10.0.0.1'], ['::ffff:7f00:1', '0:0:0:0:0:ffff:169.254.169.254'], ['::127.0.0.1', '::a00:1'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe'], ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
    ['2002::', '2002:ffff:ffff::'], ['2002:7f00:1::', '2002:c0a8:101::1'], ['2001::', '2001:0:ffff::'], ['2001:db8::', '2001:db8:ffff:ffff::'],
    ['3fff::', '3fff:fff:ffff::'], ['100::', '100::ffff:ffff:ffff:ffff'], ['2001:10::', '2001:1f:ffff::'], ['2001:20::', '2001:2f:ffff::'],
    ['4000::', '1fff:ffff::'], ['FE80::1', '::FFFF:10.0.0.1'],
  ])('%s … %s', (first, last) => {
    expect(refusedAddress(first)).not.toBeNull();
    expect(refusedAddress(last)).not.toBeNull();
  }); // prettier-ignore

  it.each([
    '', 'agency.example', '127.1', '2130706433', '0x7f.0.0.1', '0177.0.0.1', '127.0.0.01', '256.1.1.1', '1.1.1', '1.1.1.1.1', '1.1.1.1 ', ' 1.1.1.1',
    'fe80::1%eth0', '2a00::1%25lo', '1::2::3', '2a00:1', '2a00:1:2:3:4:5:6:7:8', '2a00:1:2:3::4:5:6:7', '2a00::12345', '[2a00::1]', '2a00::1.1.1.1.1', ':2a00::1', '2a00:::1',
  ])('what is no address: %j', (text) => {
    expect(refusedAddress(text)).toBe('not an address');
  }); // prettier-ignore
});

describe('addresses that may be called', () => {
  /** The neighbours of the ranges, on either side. */
  it.each([
    '1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0',
    '172.15.255.255', '172.32.0.0', '191.255.255.255', '192.0.1.0', '192.0.3.0', '192.88.98.255', '192.88.100.0', '192.167.255.255', '192.169.0.0',
    '198.17.255.255', '198.20.0.0', '198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0', '223.255.255.255',
    '2a00::1', '2000::', '2001:200::', '2001:db7:ffff::', '2001:db9::', '2003::', '3ffe:ffff::', '3fff:1000::',
    '::ffff:8.8.8.8', '64:ff9b::808:808',
  ])('%s', (address) => {
    expect(refusedAddress(address)).toBeNull();
  }); // prettier-ignore

  it('IPv4 in IPv6 is judged like the address in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '64:ff9b::', '::'), (v4, prefix) => {
        expect(refusedAddress(`${prefix}${v4}`) === null).toBe(refusedAddress(v4) === null);
      }),
    );
  });

  it('in whatever way they are written', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const host = new URL(`https://[${address}]/`).hostname.slice(1, -1);
        expect(refusedAddress(address)).toBe(refusedAddress(host));
        expect(refusedAddress(address.toUpperCase())).toBe(refusedAddress(host));
      }),
    );
  });
});

describe('endpoints', () => {
  const policy = { allowedOrigins: ['http://127.0.0.1:4020'] };
  const read = (text: string) => parseEndpoint(text, policy);

  it.each([
    ['https://agency.example/hooks?a=1#x', 'https://agency.example/hooks?a=1'],
    ['https://agency.example:443/', 'https://agency.example/'],
    ['https://agency.example:8443/hooks', 'https://agency.example:8443/hooks'],
    ['HTTPS://Agency.Example/Hooks', 'https://agency.example/Hooks'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://10.0.0.1.agency.example/', 'https://10.0.0.1.agency.example/'],
  ])('%s is called as %s', (text, url) => {
    expect(read(text)).toMatchObject({ ok: true, value: { url, allowed: false } });
  });

  it.each([
    ['', 'not-a-url'], ['agency.example', 'not-a-url'], ['https://', 'not-a-url'], ['https://agency.example:99999/', 'not-a-url'],
    [`https://agency.example/${'x'.repeat(2000)}`, 'too-long'],
    ['http://agency.example/', 'not-https'], ['ftp://agency.example/', 'not-https'], ['file:///etc/passwd', 'not-https'],
    ['gopher://agency.example/', 'not-https'], ['javascript:alert(1)', 'not-https'],
    ['https://user@agency.example/', 'credentials-in-url'], ['https://user:pass@agency.example/', 'credentials-in-url'],
    ['https://agency.example:22/', 'port-not-allowed'], ['https://agency.example:80/', 'port-not-allowed'],
    ['https://127.0.0.1/', 'address-not-allowed'], ['https://2130706433/', 'address-not-allowed'], ['https://0x7f.1/', 'address-not-allowed'],
    ['https://0177.0.0.1/', 'address-not-allowed'], ['https://127.1/', 'address-not-allowed'], ['https://0/', 'address-not-allowed'],
    ['https://127.0.0.1./', 'address-not-allowed'],
    ['https://①②⑦.0.0.1/', 'address-not-allowed'], ['https://８.８.８.８/', 'address-not-allowed'], ['https://8.8.8.8/', 'address-not-allowed'],
    ['https://[::1]/', 'address-not-allowed'], ['https://[::ffff:10.0.0.1]/', 'address-not-allowed'], ['https://[fd00:ec2::254]/', 'address-not-allowed'],
    ['https://169.254.169.254/latest/meta-data/', 'address-not-allowed'],
    ['https://localhost/', 'name-not-public'], ['https://LOCALHOST./', 'name-not-public'], ['https://a.localhost/', 'name-not-public'],
    ['https://printer.local/', 'name-not-public'], ['https://metadata.google.internal/', 'name-not-public'], ['https://intranet/', 'name-not-public'],
    ['https://router.home.arpa/', 'name-not-public'],
    ['http://127.0.0.1:4021/', 'not-https'], ['https://127.0.0.1:4020/', 'port-not-allowed'],
    ['http://user@127.0.0.1:4020/', 'credentials-in-url'],
  ])('%s is refused: %s', (text, code) => {
    expect(read(text)).toMatchObject({ ok: false, error: { code } });
  }); // prettier-ignore

  it('that the operator allows are called, whatever they are', () => {
    expect(read('http://127.0.0.1:4020/hooks')).toMatchObject({ ok: true, value: { url: 'http://127.0.0.1:4020/hooks', allowed: true } });
    expect(parseEndpoint('http://127.0.0.1:4020/hooks', { allowedOrigins: [] })).toMatchObject({ ok: false });
  });
});
