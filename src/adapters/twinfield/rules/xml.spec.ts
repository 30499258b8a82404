import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import { processEnvelope } from './envelope.js';
import { buildXml, childrenOf, parseXml, textAt } from './xml.js';

const parsed = (xml: string) => unwrap(parseXml(xml));

describe('XML of Twinfield', () => {
  it('keeps what looks like a number a text', () => {
    const element = parsed('<a n="007"><b>00590</b><c>1815.00</c><d>1e5</d><e>true</e></a>');
    expect([element.attributes['n'], ...['b', 'c', 'd', 'e'].map((name) => textAt(element, name))]).toEqual([
      '007',
      '00590',
      '1815.00',
      '1e5',
      'true',
    ]);
  });

  it('reads one child as it reads several, whatever their prefix, past comments', () => {
    expect(childrenOf(parsed('<s:a xmlns:s="x"><!----><s:b>1</s:b></s:a>'), 'b').map(({ text }) => text)).toEqual(['1']);
    expect(childrenOf(parsed('<a><b>1</b><c/><b>2</b></a>'), 'b').map(({ text }) => text)).toEqual(['1', '2']);
  });

  it('takes empty and missing for the same when it reads, and tells them apart when it writes', () => {
    const element = parsed('<a><b/></a>');
    expect([textAt(element, 'b'), textAt(element, 'c')]).toEqual([null, null]);
    expect(buildXml('a', { b: '', c: undefined, d: 'x' })).toBe('<a><b/><d>x</d></a>');
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html><body>Onderhoud<br></body></html>'],
    ['half an answer', '<browse result="1"><tr><td>1'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an entity nobody declared', '<a>&b;</a>'],
    ['nesting without end', '<a>'.repeat(200_000)],
  ])('refuses %s', (_name, xml) => {
    expect(parseXml(xml)).toMatchObject({ ok: false, error: { code: 'not-xml' } });
  });

  it('reads back any text it wrote, without characters XML does not have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const element = parsed(buildXml('a', { b: `x${text}x` }));
        const kept = [...text].filter((each) => !/^(?:(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs})$/u.test(each)).join('');
        // A parser gives any break as one, as XML wants it.
        const lines = (some: string): string => some.replace(/\r\n?/g, '\n');
        expect(lines(childrenOf(element, 'b')[0]?.text ?? '')).toBe(lines(`x${kept}x`));
      }),
    );
  });

  it('carries any request through the envelope', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const request = buildXml('read', { code: `${text}]]>$&` });
        const inner = parsed(processEnvelope({ token: 'T', office: 'O' }, request));
        expect(childrenOf(childrenOf(childrenOf(inner, 'Body')[0], 'ProcessXmlString')[0], 'xmlRequest')[0]?.text).toBe(request);
      }),
    );
  });
});
