import type { Clock } from '../../kernel/clock.js';
import type { Settings } from '../../platform/config/settings.js';
import { cirRegister } from './cir.js';
import { kvkRegister } from './kvk.js';
import { creditInformationRegister } from './credit-information.js';
import type { Register } from './register.port.js';
import { viesRegister } from './vies.js';

/** For a whole question. */
const TIMEOUT_MS = 15_000;

/** The registers the operator set up; none unless he did. */
export function registersOf({ registers }: Pick<Settings, 'registers'>, clock: Clock): Register[] {
  const { vies, cir, kvk, creditInformation } = registers ?? {};
  const timeoutMs = registers?.timeoutMs ?? TIMEOUT_MS;
  return [
    ...(vies ? [viesRegister({ ...vies, timeoutMs })] : []),
    ...(cir ? [cirRegister({ ...cir, timeoutMs, clock })] : []),
    ...(kvk ? [kvkRegister({ ...kvk, timeoutMs })] : []),
    ...(creditInformation ? [creditInformationRegister({ ...creditInformation, timeoutMs })] : []),
  ];
}
