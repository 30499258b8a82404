import { spawnSync } from 'node:child_process';
import { SaxesParser } from 'saxes';

/** What a parser made of a document: its elements, attributes and text as one string, or null when it refused. */
export type Verdict = string | null;

/** Collects events; text that comes in pieces is one text. */
export class Trace {
  private readonly events: string[] = [];
  private text = '';

  open(name: string, attributes: readonly string[]): void {
    this.flush();
    this.events.push(`<${JSON.stringify([name, ...attributes])}`);
  }

  close(): void {
    this.flush();
    this.events.push('>');
  }

  characters(text: string): void {
    this.text += text;
  }

  result(): string {
    this.flush();
    return this.events.join('\n');
  }

  private flush(): void {
    if (this.text !== '') this.events.push(JSON.stringify(this.text));
    this.text = '';
  }
}

/** Judge one: saxes, strict, XML 1.0, without namespaces. */
export function saxes(document: string): Verdict {
  const trace = new Trace();
  let depth = 0;
  const parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    trace.open(name, Object.entries(attributes).flat());
  });
  parser.on('closetag', () => {
    depth -= 1;
    trace.close();
  });
  parser.on('text', (text) => {
    if (depth > 0) trace.characters(text);
  });
  parser.on('cdata', (text) => trace.characters(text));
  try {
    parser.write(document).close();
    return trace.result();
  } catch {
    return null;
  }
}

const EXPAT = `
import json, sys
from xml.parsers import expat
verdicts = []
for document in json.load(sys.stdin):
    events, pieces = [], []
    quoted = lambda value: json.dumps(value, ensure_ascii=False, separators=(',', ':'))
    def flush():
        if pieces: events.append(quoted(''.join(pieces))); pieces.clear()
    def opened(name, attributes): flush(); events.append('<' + quoted([name] + attributes))
    def closed(name): flush(); events.append('>')
    parser = expat.ParserCreate('UTF-8')
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, pieces.append
    try:
        parser.Parse(document.encode('utf-8'), True)
        flush()
        verdicts.append('\\n'.join(events))
    except expat.ExpatError:
        verdicts.append(None)
json.dump(verdicts, sys.stdout)
`;

/** Judge two: expat, through Python, all documents at once. Null where there is no Python. */
export function expat(documents: readonly string[]): readonly Verdict[] | null {
  const { status, stdout } = spawnSync('python3', ['-c', EXPAT], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    env: { PATH: process.env['PATH'], PYTHONIOENCODING: 'utf-8' },
  });
  if (status !== 0) return null;
  return (JSON.parse(stdout) as Verdict[]).map((verdict) => verdict && normalized(verdict));
}

/** JSON of Python and of JavaScript differ in which characters they escape. */
const normalized = (trace: string): string =>
  trace
    .split('\n')
    .map((line) =>
      line === '>' ? line : line.startsWith('<') ? `<${JSON.stringify(JSON.parse(line.slice(1)))}` : JSON.stringify(JSON.parse(line)),
    )
    .join('\n');
