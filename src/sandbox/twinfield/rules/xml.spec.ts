import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type XmlElement, child, childrenOf, el, leaf, optional, parseXml, textOf, writeXml } from './xml.js';

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
/** What XML 1.0 lets be in a text, but for carriage returns, which a reader turns into line ends. */
const text = fc.stringMatching(/^[\t\n\u0020-\ud7ff\ue000-\ufffd]{0,20}$/);
/** Tabs and line ends in an attribute are read as blanks. */
const value = fc.stringMatching(/^[\u0020-\ud7ff\ue000-\ufffd]{0,12}$/);
const attributes = fc.dictionary(name, value, { maxKeys: 3 });

const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(name, attributes, text).map(([tag, given, inside]) => el(tag, given, inside)),
    fc.tuple(name, attributes, fc.array(tie('tree'), { minLength: 1, maxLength: 4 })).map(([tag, given, inside]) => el(tag, given, inside)),
  ),
}));

describe('XML', () => {
  it('reads what it writes', () => {
    fc.assert(fc.property(tree, (element) => expect(parseXml(writeXml(element))).toEqual(element)));
  });

  it('keeps codes and amounts as texts, tells absent from empty, and passes over blanks between elements', () => {
    const read = parseXml('<line id="01">\n <dim2/> <code>00590</code>\n<value>10.00</value> </line>');
    expect([read.attributes['id'], textOf(read, 'code'), textOf(read, 'value')]).toEqual(['01', '00590', '10.00']);
    expect([textOf(read, 'dim2'), textOf(read, 'dim3')]).toEqual(['', undefined]);
    expect(read.text).toBe('');
  });

  it('knows namespaces by what they are, not by their prefixes', () => {
    const [first, second, third] = parseXml('<a:x xmlns:a="u" xmlns="d"><y/><b:y xmlns:b="u" b:nil="true"/><z xmlns=""/></a:x>').children;
    expect([first?.namespace, second?.namespace, third?.namespace]).toEqual(['d', 'u', '']);
    expect(second?.attributes).toEqual({ nil: 'true' });
  });

  it.each(['', 'x', '<a>', '<a></b>', '<a/><b/>', '<!DOCTYPE a><a/>', '<p:a/>', '<a b="1" b="2"/>', '<a>&nbsp;</a>', '<a>\u0001</a>'])(
    'refuses %j',
    (bad) => {
      expect(() => parseXml(bad)).toThrow(expect.objectContaining({ name: 'InputError' }));
    },
  );

  it('finds children by name, and leaves out what is not there', () => {
    const element = el('a', { kept: 'x', gone: undefined }, [leaf('b', '1'), null, optional('c', null), optional('b', '2')]);
    expect(writeXml(element)).toBe('<a kept="x"><b>1</b><b>2</b></a>');
    expect([childrenOf(element, 'b').length, child(element, 'b')?.text, child(element, 'c')]).toEqual([2, '1', undefined]);
  });
});
