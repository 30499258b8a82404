import type { Command } from 'commander';
import { InputError } from '../../kernel/errors.js';
import { print } from '../cli/command.js';
import type { WithService } from '../cli/with-service.js';
import { isUuid } from '../database/ids.js';

/** `tegoed key create`: the way in for the first caller; what a key connects is opened to it. */
export function registerKey(program: Command, withService: WithService): void {
  const key = program.command('key').description('Keys for the HTTP API and the console');
  key
    .command('create')
    .description('Make a key. It is shown once.')
    .requiredOption('--name <text>', 'who it is for')
    .option('--administration <id...>', 'administrations it opens; more are added as it connects them', [] as string[])
    .option('--json', 'one JSON document')
    .action(async (options: { name: string; administration: string[]; json?: boolean }) => {
      const wrong = options.administration.find((id) => !isUuid(id));
      if (wrong !== undefined) throw new InputError('invalid-id', `"${wrong}" is not the id of an administration`);
      const { ApiKeys } = await import('./api-keys.js');
      const issued = await withService((resolve) => resolve(ApiKeys).issue(options.name, options.administration));
      print({ key: issued }, options, ({ key: shown }) => `${shown}\nKeep it now: it cannot be shown again.`);
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
