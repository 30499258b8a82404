import { type Command, Option } from 'commander';
import { InputError } from '../../kernel/errors.js';
import { print } from '../cli/command.js';
import type { WithService } from '../cli/with-service.js';
import { parseAmount } from '../../kernel/money.js';
import { isUuid } from '../database/ids.js';
import { type Authority, ROLES, type Role } from './rules/authority.js';

interface Entrusted {
  readonly role: Role;
  readonly releaseUpTo?: string;
}

const roleOption = (): Option =>
  new Option('--role <role>', "reader: look; clerk: the day's work; controller: approve, release, raise limits; owner: all").choices(ROLES);
const UP_TO = [
  '--release-up-to <amount>',
  'the most it may release above a limit, or raise one by (default: no maximum of its own)',
] as const;

function authorityOf({ role, releaseUpTo }: Entrusted): Authority {
  if (releaseUpTo === undefined) return { role, releaseUpTo: null };
  const amount = parseAmount(releaseUpTo, 'EUR');
  if (!amount.ok || amount.value < 0)
    throw new InputError('invalid-amount', `--release-up-to: "${releaseUpTo}" is no amount such as 5000.00`);
  return { role, releaseUpTo: amount.value };
}

/** `tegoed key create`: the way in for the first caller; what a key connects is opened to it. */
export function registerKey(program: Command, withService: WithService): void {
  const key = program.command('key').description('Keys for the HTTP API and the console');
  key
    .command('create')
    .description('Make a key. It is shown once.')
    .requiredOption('--name <text>', 'who it is for')
    .option('--administration <id...>', 'administrations it opens; more are added as it connects them', [] as string[])
    .addOption(roleOption().default('owner'))
    .option(...UP_TO)
    .option('--json', 'one JSON document')
    .action(async (options: Entrusted & { name: string; administration: string[]; json?: boolean }) => {
      const wrong = options.administration.find((id) => !isUuid(id));
      if (wrong !== undefined) throw new InputError('invalid-id', `"${wrong}" is not the id of an administration`);
      const authority = authorityOf(options);
      const { ApiKeys } = await import('./api-keys.js');
      const issued = await withService((resolve) => resolve(ApiKeys).issue(options.name, options.administration, authority));
      print({ key: issued }, options, ({ key: shown }) => `${shown}\nKeep it now: it cannot be shown again.`);
    });
  key
    .command('entrust')
    .description('Change what a key may do, from its next request on.')
    .argument('<key-id>', 'the part between the first and the second underscore')
    .addOption(roleOption().makeOptionMandatory())
    .option(...UP_TO)
    .action(async (id: string, options: Entrusted) => {
      const authority = authorityOf(options);
      const { ApiKeys } = await import('./api-keys.js');
      const entrusted = await withService((resolve) => resolve(ApiKeys).entrust(id, authority));
      if (!entrusted) throw new InputError('unknown-key', `there is no key ${id} that could be changed`);
      print({ key: id, ...authority }, {}, () => `Key ${id} is a ${authority.role}'s now.`);
    });
  key
    .command('revoke')
    .description('End a key at once.')
    .argument('<key-id>', 'the part between the first and the second underscore')
    .action(async (id: string) => {
      const { ApiKeys } = await import('./api-keys.js');
      const revoked = await withService((resolve) => resolve(ApiKeys).revoke(id));
      if (!revoked) throw new InputError('unknown-key', `there is no key ${id} that could be revoked`);
      print({ revoked: id }, {}, () => `Key ${id} is revoked.`);
    });
}
