import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, validateSync } from 'class-validator';
import { projectRoot } from './config-files.js';

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
  @Matches(/^smtps?:\/\//) SMTP_URL: string = 'smtp://127.0.0.1:1025';
  @IsIn(['service', 'worker', 'both']) TEGOED_ROLE: 'service' | 'worker' | 'both' = 'both';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent']) LOG_LEVEL: string = 'info';
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) TEGOED_DAY_AT: string = '06:30';
  @IsOptional() @IsString() TEGOED_STATEMENTS_FOLDER?: string;
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
  readonly smtpUrl: string;
  /** Which half of the work this process does: answering, the jobs, or both. */
  readonly role: 'service' | 'worker' | 'both';
  readonly logLevel: string;
  /** When the day of every administration is started, `HH:MM` in Amsterdam. */
  readonly dayAt: string;
  /** Bank statements put here are imported; absent: there is no such folder. */
  readonly statementsFolder?: string | null;
}

/** Reads the settings; throws one error that names every mistake at once. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const known = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in new Environment() && value !== undefined && value !== ''),
  );
  const optional = ['DATABASE_URL', 'TEGOED_SECRET_KEY', 'TEGOED_PUBLIC_URL', 'TEGOED_STATEMENTS_FOLDER'].flatMap((name) =>
    environment[name] ? [[name, environment[name]] as const] : [],
  );
  const values = plainToInstance(
    Environment,
    { ...known, ...Object.fromEntries(optional), ...('PORT' in known && { PORT: Number(known['PORT']) }) },
    { exposeDefaultValues: true },
  );
  const mistakes = validateSync(values, { forbidUnknownValues: true });
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ property, constraints }) => `  ${property}: ${Object.values(constraints ?? {}).join('; ')}`);
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
    smtpUrl: values.SMTP_URL,
    role: values.TEGOED_ROLE,
    logLevel: values.LOG_LEVEL,
    dayAt: values.TEGOED_DAY_AT,
    statementsFolder: values.TEGOED_STATEMENTS_FOLDER ?? null,
  };
}
