import { plainToInstance } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUrl, Length, Max, Min, validateSync } from 'class-validator';

/** Registers customers are looked up in. Each is off until its address is set. */
class RegisterEnvironment {
  /** VIES: `https://ec.europa.eu/taxation_customs/vies/rest-api`. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) TEGOED_VIES_URL?: string;
  /** The Dutch Central Insolvency Register, for subscribers: `https://webservice.rechtspraak.nl/cir.asmx`. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) TEGOED_CIR_URL?: string;
  @IsOptional() @IsString() @Length(1, 200) TEGOED_CIR_USER?: string;
  @IsOptional() @IsString() @Length(1, 200) TEGOED_CIR_PASSWORD?: string;
  /** The Dutch trade register, for subscribers: `https://api.kvk.nl`. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) TEGOED_KVK_URL?: string;
  @IsOptional() @IsString() @Length(1, 500) TEGOED_KVK_KEY?: string;
  /** What one question costs, in cents of euro; 2 unless set: it is EUR 0.019. */
  @IsOptional() @IsInt() @Min(0) @Max(100_000) TEGOED_KVK_COST?: number;
  /** A provider of credit reports (src/credit/registers/gotchas.md). */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] }) TEGOED_CREDIT_INFORMATION_URL?: string;
  @IsOptional() @IsString() @Length(1, 500) TEGOED_CREDIT_INFORMATION_KEY?: string;
  /** What one report costs, in cents of euro. */
  @IsOptional() @IsInt() @Min(0) @Max(100_000) TEGOED_CREDIT_INFORMATION_COST?: number;
}

/** Registers that are set up; absent: not. */
export interface RegisterSettings {
  readonly vies?: { readonly url: string };
  readonly cir?: { readonly url: string; readonly user: string; readonly password: string };
  /** `cost` in cents of euro. */
  readonly kvk?: { readonly url: string; readonly key: string; readonly cost: number };
  /** `cost` in cents of euro. */
  readonly creditInformation?: { readonly url: string; readonly key: string; readonly cost: number };
  /** For a whole question; absent: fifteen seconds. */
  readonly timeoutMs?: number;
}

const NAMES = [
  'TEGOED_VIES_URL',
  'TEGOED_CIR_URL',
  'TEGOED_CIR_USER',
  'TEGOED_CIR_PASSWORD',
  'TEGOED_KVK_URL',
  'TEGOED_KVK_KEY',
  'TEGOED_KVK_COST',
  'TEGOED_CREDIT_INFORMATION_URL',
  'TEGOED_CREDIT_INFORMATION_KEY',
  'TEGOED_CREDIT_INFORMATION_COST',
] as const;

/** The registers of an environment, and every mistake in how they are set up. */
export function readRegisters(environment: NodeJS.ProcessEnv): {
  readonly registers: RegisterSettings;
  readonly mistakes: readonly string[];
} {
  const given = Object.fromEntries(NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const costs = Object.entries(given).flatMap(([name, value]) => (name.endsWith('_COST') ? [[name, Number(value)]] : []));
  const values = plainToInstance(RegisterEnvironment, {
    ...given,
    ...Object.fromEntries(costs),
  });
  const { TEGOED_VIES_URL: vies, TEGOED_CIR_URL: cir, TEGOED_CREDIT_INFORMATION_URL: reports } = values;
  const { TEGOED_KVK_URL: trade, TEGOED_KVK_KEY: tradeKey } = values;
  const { TEGOED_CIR_USER: user, TEGOED_CIR_PASSWORD: password, TEGOED_CREDIT_INFORMATION_KEY: key } = values;
  return {
    registers: {
      ...(vies && { vies: { url: bare(vies) } }),
      ...(cir && user && password && { cir: { url: cir, user, password } }),
      ...(trade && tradeKey && { kvk: { url: bare(trade), key: tradeKey, cost: values.TEGOED_KVK_COST ?? KVK_COST } }),
      ...(reports && key && { creditInformation: { url: bare(reports), key, cost: values.TEGOED_CREDIT_INFORMATION_COST ?? 0 } }),
    },
    mistakes: [
      ...validateSync(values).map(({ property, constraints }) => `${property}: ${Object.values(constraints ?? {}).join('; ')}`),
      ...(cir && !(user && password) ? ['TEGOED_CIR_URL: needs TEGOED_CIR_USER and TEGOED_CIR_PASSWORD'] : []),
      ...(trade && !tradeKey ? ['TEGOED_KVK_URL: needs TEGOED_KVK_KEY'] : []),
      ...(reports && !key ? ['TEGOED_CREDIT_INFORMATION_URL: needs TEGOED_CREDIT_INFORMATION_KEY'] : []),
    ],
  };
}

/** EUR 0.019, rounded up: a budget is never exceeded by the rounding. */
const KVK_COST = 2;

const bare = (url: string): string => url.replace(/\/$/, '');
