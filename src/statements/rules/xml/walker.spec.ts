import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../../kernel/errors.js';
import { group, leaf } from './element-rule.js';
import { type WalkState, XmlWalker } from './walker.js';

class Seen implements WalkState {
  messageNamespace: string | null = null;
  readonly texts: string[] = [];
}

const rules = group<Seen>({
  a: group(
    {
      t: leaf((state, text, { currency }) => void state.texts.push(currency === null ? text : `${text} ${currency}`)),
      b: group({ t: leaf((state, text) => void state.texts.push(`b:${text}`)) }),
    },
    { open: (state, namespace) => void (state.messageNamespace = namespace) },
  ),
});

const walk = (document: string): readonly string[] | string => {
  const seen = new Seen();
  const walker = new XmlWalker(rules, seen);
  try {
    walker.write(document);
    walker.end();
    return seen.texts;
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
};

describe('elements along their path', () => {
  it('are found by it and not elsewhere', () => {
    expect(walk('<a><t> 1 </t><x><t>2</t><b><t>3</t></b></x><b><t>4</t><x/></b><t Ccy="EUR">5</t><t>6</t></a>')).toEqual([
      '1',
      'b:4',
      '5 EUR',
      '6',
    ]);
  });

  it('put text together round comments and what is passed over', () => {
    expect(walk('<a><t>one<!-- - -->, <x>no</x>two<![CDATA[ & three]]></t></a>')).toEqual(['one, two & three']);
  });

  it('keep a currency to its own element', () => {
    expect(walk('<a><x Ccy="USD">1</x><t>2</t></a>')).toEqual(['2']);
  });
});

describe('namespaces', () => {
  it('of the message are taken with any prefix, foreign ones are passed over', () => {
    expect(
      walk(
        '<p:a xmlns:p="m" xmlns:q="m"><q:t>1</q:t><t>2</t><t xmlns="other">3</t><r:t xmlns:r="other">4</r:t><p:b><q:t>5</q:t></p:b></p:a>',
      ),
    ).toEqual(['1', '2', 'b:5']);
    expect(walk('<a xmlns="m"><t xmlns="other">1</t><t>2</t></a>')).toEqual(['2']);
  });

  it.each([
    ['an undeclared prefix', '<a><p:t/></a>'],
    ['a prefix out of reach', '<a><b xmlns:p="u"/><p:t/></a>'],
    ['an undeclared prefix of an attribute', '<a p:b="1"/>'],
    ['two colons', '<a xmlns:p="u"><p:q:t/></a>'],
    ['a prefix for nothing', '<a xmlns:p=""/>'],
    ['the reserved prefix', '<a xmlns:xmlns="u"/>'],
    ['one attribute under two prefixes', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
  ])('refuse %s', (_, document) => expect(walk(document)).toBe('not-well-formed'));

  it('know xml: without a declaration', () => expect(walk('<a xml:lang="nl"><t>1</t></a>')).toEqual(['1']));
});
