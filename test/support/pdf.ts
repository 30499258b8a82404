import { inflateSync } from 'node:zlib';

/** A PDF of ours, read back. */
export interface ReadPdf {
  /** Every line of every page in the order they were written. */
  readonly lines: readonly string[];
  readonly pages: readonly (readonly string[])[];
  readonly title: string;
  /** Lines that begin outside the page's margins. */
  readonly beyondMargin: readonly string[];
  /** The file with its pages inflated, as Latin-1. */
  readonly raw: string;
}

const windows1252 = new TextDecoder('windows-1252');
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Reads the text out of a PDF in the standard fonts. */
export function readPdf(file: Buffer): ReadPdf {
  const whole = latin(file);
  if (!whole.startsWith('%PDF-1.7') || !whole.trimEnd().endsWith('%%EOF')) throw new Error('not a whole PDF');
  const streams = new Map<string, string>();
  for (const [, id = '', dictionary = '', content = ''] of whole.matchAll(
    /^(\d+) 0 obj\n<<\n((?:(?!endobj)[\s\S])*?)>>\nstream\n([\s\S]*?)\nendstream/gm,
  )) {
    const bytes = Buffer.from(content, 'latin1');
    streams.set(id, dictionary.includes('/FlateDecode') ? latin(inflateSync(bytes)) : content);
  }
  const contents = [...whole.matchAll(/\/Type \/Page\n[\s\S]*?\/Contents (\d+) 0 R/g)].map(([, id = '']) => streams.get(id) ?? '');
  const pages = contents.map(linesOf);
  return {
    lines: pages.flat().map(({ text }) => text),
    pages: pages.map((page) => page.map(({ text }) => text)),
    title: titleOf(whole),
    beyondMargin: pages.flat().flatMap(({ text, x }) => (x < 55 || x > 541 ? [text] : [])),
    raw: [whole, ...contents].join('\n'),
  };
}

function linesOf(content: string): { text: string; x: number }[] {
  return [...content.matchAll(/^BT\n1 0 0 1 (\S+) \S+ Tm\n[\s\S]*?\[(.*)\] TJ/gm)].map(([, x = '', pieces = '']) => ({
    x: Number(x),
    text: windows1252.decode(Buffer.from([...pieces.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => hex).join(''), 'hex')),
  }));
}

/** Written as it is, or as UTF-16 when it has other letters. */
function titleOf(whole: string): string {
  const [, id] = /\/Title (\d+) 0 R/.exec(whole) ?? [];
  const [, text = ''] = new RegExp(`^${id} 0 obj\\n\\((.*?)\\)\\nendobj`, 'ms').exec(whole) ?? [];
  return text.startsWith('þÿ') ? Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le') : text;
}
