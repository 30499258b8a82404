import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../kernel/errors.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Law } from '../law/rules/law.js';
import { configPath } from '../platform/config/config-files.js';
import { parsePolicy } from './rules/parse-policy.js';
import type { Policy } from './rules/policy.js';

/**
 * Reads and checks a policy file with what it includes (files beside it). Throws {@link InputError}: `missing-file`, and what
 * {@link parsePolicy} refuses, with file, line and column. An included policy includes nothing itself.
 */
export const loadPolicy = (path: string, law: Law, on: PlainDate): Policy => loadPolicyWithText(path, law, on).policy;

/** A policy with the texts it was read from. */
export interface PolicyWithText {
  readonly policy: Policy;
  readonly text: PolicyText;
}

/** The texts of a policy: its own file and those it includes, by file name. */
export interface PolicyText {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
  /** The tables of law and calendar it was used with, by their names in config/; absent: they were not kept. */
  readonly tables?: Readonly<Record<string, string>>;
}

/** The texts of config/law and config/calendar. */
function tablesOfConfig(): Record<string, string> {
  const names = ['law', 'calendar'].flatMap((folder) =>
    readdirSync(configPath(folder))
      .filter((file) => file.endsWith('.yml'))
      .map((file) => `${folder}/${file}`),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(configPath(name), 'utf8')]));
}

/** Gives the text of a policy file by its name, and what to call it when something is wrong. */
type Named = (name: string) => { readonly file: string; readonly text: string };

/** {@link loadPolicy}, with the texts. */
export function loadPolicyWithText(path: string, law: Law, on: PlainDate): PolicyWithText {
  const main = basename(path);
  const files: Record<string, string> = {};
  const named: Named = (name) => {
    const file = name === main ? path : join(dirname(path), name);
    return { file, text: (files[name] = readPolicy(file)) };
  };
  return { policy: readWith(named, main, law, on), text: { main, files } };
}

/** Reads a policy from texts that were kept. Throws {@link InputError} as {@link loadPolicy} does. */
export function policyFromText({ main, files }: PolicyText, law: Law, on: PlainDate): Policy {
  const named: Named = (name) => {
    const text = files[name];
    if (text === undefined) throw new InputError('missing-file', `the kept policy lacks ${name}`, { file: name });
    return { file: name, text };
  };
  return readWith(named, main, law, on);
}

function readWith(named: Named, main: string, law: Law, on: PlainDate): Policy {
  const { file: path, text } = named(main);
  const notAgain = (name: string): never => {
    throw new InputError('invalid-policy', `${path}: the included policies include "${name}"; only the first one may include`, {
      file: path,
    });
  };
  const include = (name: string): Policy => {
    const included = named(`${name}.yml`);
    return parsePolicy(included.text, included.file, { law, on, include: notAgain });
  };
  return parsePolicy(text, path, { law, on, include });
}

function readPolicy(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError('missing-file', `cannot read ${path}: ${(cause as Error).message}`, { file: path });
  }
}

/** The policies of config/policies by name, read once and kept. */
export class Policies {
  /** What decisions lean on besides the policy, as it is in the files now. */
  readonly tables: Readonly<Record<string, string>> = tablesOfConfig();
  private readonly known = new Map<string, PolicyWithText>();

  constructor(
    private readonly law: Law,
    /** The day whose legal tables the policies are checked against. */
    private readonly on: PlainDate,
    private readonly folder = configPath('policies'),
  ) {}

  /** The names there are, `default` among them. */
  names(): string[] {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith('.yml'))
      .map((file) => file.slice(0, -'.yml'.length))
      .sort();
  }

  /** Throws {@link InputError} when there is none of that name (`missing-file`) or it cannot be used. */
  get(name: string): Policy {
    return this.withText(name).policy;
  }

  /** {@link get}, with the texts it was read from and those of the tables it is used with. */
  withText(name: string): PolicyWithText {
    const known = this.known.get(name);
    if (known) return known;
    if (!/^[\w-]+$/.test(name)) throw new InputError('missing-file', `"${name}" is no name of a policy`);
    const { policy, text } = loadPolicyWithText(join(this.folder, `${name}.yml`), this.law, this.on);
    const withTables = { policy, text: { ...text, tables: this.tables } };
    this.known.set(name, withTables);
    return withTables;
  }

  /** Reads all of them, so that a mistake shows at start and not in the night. */
  checkAll(): void {
    for (const name of this.names()) this.get(name);
  }
}
