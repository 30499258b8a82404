import { createHash } from 'node:crypto';
import { readSources } from './source-files.js';

const TYPES: Readonly<Record<string, string>> = { '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };

const typeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf('.'))] ?? 'application/octet-stream';

/** Styles and pictures. An address changes with the content, so a browser may keep what it has for as long as it likes. */
export class Assets {
  private readonly files = readSources('assets', Object.keys(TYPES));

  /** Address of a file by its name without ending: `console` → `/console/assets/console.css?v=…`. */
  readonly addresses: Readonly<Record<string, string>> = Object.fromEntries(
    [...this.files].map(([name, content]) => [name.slice(0, name.lastIndexOf('.')), `/console/assets/${name}?v=${digest(content)}`]),
  );

  find(name: string): { readonly type: string; readonly content: string } | null {
    const content = this.files.get(name);
    return content === undefined ? null : { type: typeOf(name), content };
  }
}

const digest = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 12);
