import type { Command } from 'commander';
import { InputError } from '../kernel/errors.js';
import { print } from '../platform/cli/command.js';
import type { WithService } from '../platform/cli/with-service.js';
import { isUuid } from '../platform/database/ids.js';
import type { ActExplanation } from './explain.service.js';

/** `tegoed explain`: an act decided again from what was stored with it. */
export function registerExplain(program: Command, withService: WithService): void {
  program
    .command('explain')
    .description('Decide an act again from the facts stored with it, and say whether it comes out the same')
    .argument('<act>', 'id of the act')
    .requiredOption('--administration <id>', 'which administration')
    .option('--json', 'one JSON document')
    .action(async (actId: string, options: { administration: string; json?: boolean }) => {
      const { administration } = options;
      if (!isUuid(administration)) throw new InputError('invalid-id', `"${administration}" is not the id of an administration`);
      if (!isUuid(actId)) throw new InputError('invalid-id', `"${actId}" is not the id of an act`);
      const { Explanations } = await import('./explain.service.js');
      const explanation = await withService((resolve) => resolve(Explanations).explain(administration, actId));
      if (!explanation) throw new InputError('unknown-act', `administration ${administration} has no act ${actId}`);
      print(explanation, options, asText);
    });
}

function asText({ actId, debtorId, day, policy, changedTables, agrees, because, decided, recomputed }: ActExplanation): string {
  const verdict =
    agrees === null ? `cannot be decided again: ${because}` : agrees ? 'comes out the same' : `does NOT come out the same: ${because}`;
  const both = [`decided:    ${JSON.stringify(decided)}`, `recomputed: ${JSON.stringify(recomputed)}`];
  const reasons = ((decided as { because?: string[] }).because ?? []).map((reason) => `  - ${reason}`);
  return [
    `Act ${actId} for debtor ${debtorId} on ${day}, policy "${policy.name}" version ${policy.version}: ${verdict}`,
    ...(changedTables?.length ? [`Decided again by today's tables; since then changed: ${changedTables.join(', ')}`] : []),
    ...(agrees === true ? reasons : both),
  ].join('\n');
}
