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
  readonly creditInformation?: { readonly url: string; readonly key: string; readonly cost: number };
  /** For a whole question; absent: fifteen seconds. */
  readonly timeoutMs?: number;
}

const NAMES = [
  'TEGOED_VIES_URL',
  'TEGOED_CIR_URL',
  'TEGOED_CIR_USER',
  'TEGOED_CIR_PASSWORD',
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
  const cost = given['TEGOED_CREDIT_INFORMATION_COST'];
  const values = plainToInstance(RegisterEnvironment, {
    ...given,
    ...(cost !== undefined && { TEGOED_CREDIT_INFORMATION_COST: Number(cost) }),
  });
  const { TEGOED_VIES_URL: vies, TEGOED_CIR_URL: cir, TEGOED_CREDIT_INFORMATION_URL: reports } = values;
  const { TEGOED_CIR_USER: user, TEGOED_CIR_PASSWORD: password, TEGOED_CREDIT_INFORMATION_KEY: key } = values;
  return {
    registers: {
      ...(vies && { vies: { url: bare(vies) } }),
      ...(cir && user && password && { cir: { url: cir, user, password } }),
      ...(reports && key && { creditInformation: { url: bare(reports), key, cost: values.TEGOED_CREDIT_INFORMATION_COST ?? 0 } }),
    },
    mistakes: [
      ...validateSync(values).map(({ property, constraints }) => `${property}: ${Object.values(constraints ?? {}).join('; ')}`),
      ...(cir && !(user && password) ? ['TEGOED_CIR_URL: needs TEGOED_CIR_USER and TEGOED_CIR_PASSWORD'] : []),
      ...(reports && !key ? ['TEGOED_CREDIT_INFORMATION_URL: needs TEGOED_CREDIT_INFORMATION_KEY'] : []),
    ],
  };
}

const bare = (url: string): string => url.replace(/\/$/, '');
