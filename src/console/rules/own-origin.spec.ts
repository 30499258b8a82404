import { describe, expect, it } from '@jest/globals';
import { isOwnOrigin } from './own-origin.js';

const PUBLIC = 'https://tegoed.example';

describe('where a form was sent from', () => {
  it.each([
    ['the host that was asked', 'http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['that host in capitals', 'http://localhost:3000', 'LOCALHOST:3000'],
    ['the same host behind TLS that ends before us', 'https://tegoed.example', 'tegoed.example'],
    ['the public address, where the proxy calls us by another name', 'https://tegoed.example', 'tegoed-1:3000'],
  ])('is ours: %s', (_, origin, host) => {
    expect(isOwnOrigin(origin, host, PUBLIC)).toBe(true);
  });

  it.each([
    ['not said', undefined, '127.0.0.1:3000'],
    ['hidden by the browser', 'null', '127.0.0.1:3000'],
    ['empty', '', '127.0.0.1:3000'],
    ['another site', 'https://elsewhere.example', 'tegoed.example'],
    ['another port of the same machine', 'http://127.0.0.1:8080', '127.0.0.1:3000'],
    ['a name that begins like ours', 'https://tegoed.example.elsewhere.example', 'tegoed.example'],
    ['our public name without TLS', 'http://tegoed.example', 'tegoed-1:3000'],
    ['a file, with no host asked', 'file:///tmp/page.html', ''],
  ])('is not ours: %s', (_, origin, host) => {
    expect(isOwnOrigin(origin, host, PUBLIC)).toBe(false);
  });
});
