import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { IsEmail, IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, validateSync } from 'class-validator';
import { projectRoot } from './config-files.js';
import { type OAuthClientSetting, readOAuthClients } from './oauth-clients.js';
import { type RegisterSettings, readRegisters } from './registers.js';

/** The environment, read in this one place. Everything has a default that works on a fresh machine. */
class Environment {
  @IsOptional() @Matches(/^postgres(ql)?:\/\//) DATABASE_URL?: string;
  @IsString() TEGOED_DATA: string = join(projectRoot, '.tegoed');
  @IsOptional() @Matches(/^[0-9a-f]{64}$/i) TEGOED_SECRET_KEY?: string;
  @IsString() HOST: string = '127.0.0.1';
  @IsInt() @Min(0) @Max(65_535) PORT: number = 3000;
  @IsOptional() @IsUrl({ require_tld: false, protocols: ['http', 'https'] }) TEGOED_PUBLIC_URL?: string;
  /** Where Moneybird is: a setting of the operator, never of a caller, because tokens are sent there. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) MONEYBIRD_URL: string = 'https://moneybird.com';
  /** Where a sandbox stands in for the sites of Exact Online; absent: the real ones, one per country. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) EXACT_ONLINE_URL?: string;
  /** Calls a day for each division, as agreed with Exact. */
  @IsInt() @Min(1_000) @Max(1_000_000) EXACT_ONLINE_DAY_LIMIT: number = 5_000;
  /** Whether a customer that is handed over is blocked in Exact Online too: for everything, also as a supplier. */
  @IsIn(['yes', 'no']) EXACT_ONLINE_BLOCK_HANDED_OVER: 'yes' | 'no' = 'no';
  /** Whether a customer whose deliveries are on hold is blocked in Exact Online too. */
  @IsIn(['yes', 'no']) EXACT_ONLINE_BLOCK_CREDIT_HOLD: 'yes' | 'no' = 'no';
  /** Where a sandbox stands in for Twinfield's login; absent: the real one. The clusters are asked for there. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) TWINFIELD_URL?: string;
  /** Whether Twinfield has certified our app: twenty times the credits a minute. */
  @IsIn(['yes', 'no']) TWINFIELD_CERTIFIED: 'yes' | 'no' = 'no';
  /** Whether our app is registered for the audit trail of matches. */
  @IsIn(['yes', 'no']) TWINFIELD_MATCH_TRAIL: 'yes' | 'no' = 'no';
  /** Whether known differences of payments (discounts, bank charges, rounding) are written off in Twinfield with the match. */
  @IsIn(['yes', 'no']) TWINFIELD_WRITE_OFFS: 'yes' | 'no' = 'no';
  /** Code of the user in Twinfield that handed-over customers are given to. */
  @IsOptional() @Matches(/^[A-Za-z0-9._-]{1,16}$/) TWINFIELD_HANDOVER_USER?: string;
  /** What the actions on invoices in Twinfield stand for, by their names; the others are disputes. */
  @IsOptional() @Matches(/^[^=;]+=(dispute|reminder|none|end)(;[^=;]+=(dispute|reminder|none|end))*$/) TWINFIELD_ACTIONS?: string;
  @Matches(/^smtps?:\/\//) SMTP_URL: string = 'smtp://127.0.0.1:1025';
  @IsIn(['service', 'worker', 'both']) TEGOED_ROLE: 'service' | 'worker' | 'both' = 'both';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent']) LOG_LEVEL: string = 'info';
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) TEGOED_DAY_AT: string = '06:30';
  @IsOptional() @IsString() TEGOED_STATEMENTS_FOLDER?: string;
  /** Origins parted by commas that webhooks may go to though they are not of the public internet. */
  @IsOptional() @Matches(/^https?:\/\/[^\s/,]+(,https?:\/\/[^\s/,]+)*$/) TEGOED_WEBHOOK_ORIGINS?: string;
  /** Who is told of lost connections, instead of each administration's own sender address. */
  @IsOptional() @IsEmail() TEGOED_ADMIN_EMAIL?: string;
}

export interface Settings {
  /** A PostgreSQL; null: the embedded one in `dataFolder`. */
  readonly databaseUrl: string | null;
  readonly dataFolder: string | null;
  readonly secretKey: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Where people reach the console, without a slash at the end. */
  readonly publicUrl: string;
  readonly moneybirdUrl: string;
  /** In place of Exact Online's sites, for the sandbox; null or absent: none. */
  readonly exactOnlineUrl?: string | null;
  /** Calls a day for each division of Exact Online; absent: what everybody gets. */
  readonly exactOnlineDayLimit?: number;
  /** Handed-over customers are blocked in Exact Online too; absent: no. */
  readonly exactOnlineBlocks?: boolean;
  /** Customers whose deliveries are on hold are blocked in Exact Online too; absent: no. */
  readonly exactOnlineBlocksOnHold?: boolean;
  /** In place of Twinfield's login, for the sandbox; null or absent: none. */
  readonly twinfieldUrl?: string | null;
  /** Our app is certified by Twinfield; absent: no. */
  readonly twinfieldCertified?: boolean;
  /** The audit trail of matches is asked for; absent: no. */
  readonly twinfieldMatchTrail?: boolean;
  /** Known differences of payments are written off in Twinfield; absent: no, they stay open. */
  readonly twinfieldWritesOff?: boolean;
  /** The user in Twinfield handed-over customers are given to; null or absent: none. */
  readonly twinfieldHandoverUser?: string | null;
  /** `NAME=MEANING;…` of actions on invoices in Twinfield; null or absent: none. */
  readonly twinfieldActions?: string | null;
  readonly smtpUrl: string;
  /** Which half of the work this process does: answering, the jobs, or both. */
  readonly role: 'service' | 'worker' | 'both';
  readonly logLevel: string;
  /** When the day of every administration is started, `HH:MM` in Amsterdam. */
  readonly dayAt: string;
  /** Bank statements put here are imported; absent: there is no such folder. */
  readonly statementsFolder?: string | null;
  /** Origins such as `http://127.0.0.1:4020` that webhooks may go to: the sandbox, an agency in the same network. Absent: none. */
  readonly webhookOrigins?: readonly string[];
  /** Told of connections that need consent again; absent: the sender's address of the administration. */
  readonly adminEmail?: string | null;
  /** Our apps at the packages people give consent at; absent: there are none. */
  readonly oauthClients?: readonly OAuthClientSetting[];
  /** Registers customers are looked up in; absent: none. */
  readonly registers?: RegisterSettings;
}

/** Reads the settings; throws one error that names every mistake at once. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const known = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in new Environment() && value !== undefined && value !== ''),
  );
  const optional = [
    'DATABASE_URL',
    'TEGOED_SECRET_KEY',
    'TEGOED_PUBLIC_URL',
    'TEGOED_STATEMENTS_FOLDER',
    'TEGOED_WEBHOOK_ORIGINS',
    'TEGOED_ADMIN_EMAIL',
    'EXACT_ONLINE_URL',
    'TWINFIELD_URL',
    'TWINFIELD_HANDOVER_USER',
    'TWINFIELD_ACTIONS',
  ].flatMap((name) => (environment[name] ? [[name, environment[name]] as const] : []));
  const values = plainToInstance(
    Environment,
    { ...known, ...Object.fromEntries(optional), ...numbersIn(known) },
    { exposeDefaultValues: true },
  );
  const mistakes = validateSync(values, { forbidUnknownValues: true });
  const oauth = readOAuthClients(environment);
  const registers = readRegisters(environment);
  if (mistakes.length + oauth.mistakes.length + registers.mistakes.length > 0) {
    const lines = mistakes.map(({ property, constraints }) => `  ${property}: ${Object.values(constraints ?? {}).join('; ')}`);
    lines.push(...[...oauth.mistakes, ...registers.mistakes].map((mistake) => `  ${mistake}`));
    throw new Error(`The environment cannot be used:\n${lines.join('\n')}`);
  }
  return {
    databaseUrl: values.DATABASE_URL ?? null,
    dataFolder: values.TEGOED_DATA,
    secretKey: values.TEGOED_SECRET_KEY,
    host: values.HOST,
    port: values.PORT,
    publicUrl: (values.TEGOED_PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`).replace(/\/$/, ''),
    moneybirdUrl: values.MONEYBIRD_URL.replace(/\/$/, ''),
    exactOnlineUrl: values.EXACT_ONLINE_URL?.replace(/\/$/, '') ?? null,
    exactOnlineDayLimit: values.EXACT_ONLINE_DAY_LIMIT,
    exactOnlineBlocks: values.EXACT_ONLINE_BLOCK_HANDED_OVER === 'yes',
    exactOnlineBlocksOnHold: values.EXACT_ONLINE_BLOCK_CREDIT_HOLD === 'yes',
    twinfieldUrl: values.TWINFIELD_URL?.replace(/\/$/, '') ?? null,
    twinfieldCertified: values.TWINFIELD_CERTIFIED === 'yes',
    twinfieldMatchTrail: values.TWINFIELD_MATCH_TRAIL === 'yes',
    twinfieldWritesOff: values.TWINFIELD_WRITE_OFFS === 'yes',
    twinfieldHandoverUser: values.TWINFIELD_HANDOVER_USER ?? null,
    twinfieldActions: values.TWINFIELD_ACTIONS ?? null,
    smtpUrl: values.SMTP_URL,
    role: values.TEGOED_ROLE,
    logLevel: values.LOG_LEVEL,
    dayAt: values.TEGOED_DAY_AT,
    statementsFolder: values.TEGOED_STATEMENTS_FOLDER ?? null,
    webhookOrigins: values.TEGOED_WEBHOOK_ORIGINS?.split(',') ?? [],
    adminEmail: values.TEGOED_ADMIN_EMAIL ?? null,
    oauthClients: oauth.clients,
    registers: registers.registers,
  };
}

const numbersIn = (known: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(['PORT', 'EXACT_ONLINE_DAY_LIMIT'].filter((name) => name in known).map((name) => [name, Number(known[name])]));
