import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Decoder, undeclaredDecoder, xmlDecoder } from './decode.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16le = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((character) => [character.charCodeAt(0) & 255, character.charCodeAt(0) >> 8]));

/** The text, up to the first unsound byte, and whether there was one. */
function decode(decoder: Decoder, pieces: readonly Uint8Array[]): { text: string; sound: boolean } {
  let text = '';
  for (const piece of [...pieces, null]) {
    const decoded = piece === null ? decoder.end() : decoder.write(piece);
    text += decoded.text;
    if (!decoded.sound) return { text, sound: false };
  }
  return { text, sound: true };
}

const xml = (encoding: string, content: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>${content}</a>`;
const read = (bytes: Uint8Array): { text: string; sound: boolean } => decode(xmlDecoder(bytes), [bytes]);
const refusal = (bytes: Uint8Array): unknown => {
  try {
    return xmlDecoder(bytes);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the encoding of an XML document', () => {
  it('is UTF-8 unless it says otherwise; a mark is taken off', () => {
    expect(read(bytesOf('<a>é€😀</a>'))).toEqual({ text: '<a>é€😀</a>', sound: true });
    expect(read(Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf('<a/>')]))).toEqual({ text: '<a/>', sound: true });
  });

  it('is read from the declaration, a euro sign in ISO-8859-1 and in windows-1252 too', () => {
    for (const name of ['ISO-8859-1', 'windows-1252']) {
      expect(read(latin1(xml(name, 'é\x80')))).toEqual({ text: xml(name, 'é€'), sound: true });
    }
    expect(read(latin1(xml('iso-8859-15', '\xa4')))).toEqual({ text: xml('iso-8859-15', '€'), sound: true });
  });

  it('is UTF-16 by its mark or by its shape', () => {
    const text = xml('UTF-16', 'é');
    expect(read(Uint8Array.from([0xff, 0xfe, ...utf16le(text)]))).toEqual({ text, sound: true });
    expect(read(utf16le(text))).toEqual({ text, sound: true });
  });

  it.each([
    ['a mark against the declaration', Uint8Array.from([0xff, 0xfe, ...utf16le(xml('UTF-8', ''))]), 'invalid-encoding'],
    ['UTF-16 that is not', bytesOf(xml('UTF-16', '')), 'invalid-encoding'],
    ['an encoding nobody uses', bytesOf(xml('EBCDIC-CP-NL', '')), 'unsupported-encoding'],
  ])('refuses %s', (_, bytes, code) => expect(refusal(bytes)).toBe(code));

  it('stops at the first byte that stands for nothing', () => {
    expect(read(latin1(xml('UTF-8', 'caf\xe9')))).toEqual({ text: '<?xml version="1.0" encoding="UTF-8"?><a>caf', sound: false });
    expect(read(latin1(xml('windows-1252', 'x\x81'))).sound).toBe(false);
    expect(read(latin1(xml('us-ascii', 'x\xe9'))).sound).toBe(false);
    expect(read(bytesOf('<a>é').subarray(0, 4)).sound).toBe(false);
  });

  it('does not depend on where the bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (content, place) => {
        const bytes = bytesOf(`<a>${content}`);
        const cut = place % (bytes.length + 1);
        expect(decode(xmlDecoder(bytes), [bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual({ text: `<a>${content}`, sound: true });
      }),
    );
  });
});

describe('text without a declaration', () => {
  it('is UTF-8 where a line is, else windows-1252, also when a character is cut in two', () => {
    const bytes = Uint8Array.from([...bytesOf('Müller\n'), ...latin1('M\xfcller\n'), ...bytesOf('€')]);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const text = decode(undeclaredDecoder(bytes), [bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(text).toEqual({ text: 'Müller\nMüller\n€', sound: true });
    }
  });
});
