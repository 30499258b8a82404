import { Command, CommanderError } from 'commander';
import { registerDay } from './cycle/day.command.js';
import { registerExplain } from './dunning/explain.command.js';
import { registerPlan } from './dunning/plan.command.js';
import { registerSimulate } from './dunning/simulate.command.js';
import { registerDossier } from './handover/dossier.command.js';
import { registerWebhook } from './handover/webhook.command.js';
import { registerLaw } from './law/law.command.js';
import { registerMatch } from './matching/match.command.js';
import { systemClock } from './kernel/clock.js';
import { registerBook } from './ledger/book.command.js';
import { registerKey } from './platform/auth/key.command.js';
import { EXIT, fail } from './platform/cli/command.js';
import type { WithService } from './platform/cli/with-service.js';
import { readSettings } from './platform/config/settings.js';
import { registerReport } from './reporting/report.command.js';
import { registerDemo } from './sandbox/demo/demo.command.js';
import { registerSandbox } from './sandbox/sandbox.command.js';
import { registerStatement } from './statements/statement.command.js';

/** `tegoed …`: each stage registers its own commands; this file only gathers them and turns failures into exit statuses. */
const program = new Command('tegoed')
  .description('Credit control for the bookkeeping package you already have.')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });

/** Only the commands that work on stored data need the service; the others start faster without it. */
const withService: WithService = async (work) => {
  const { createService } = await import('./service.js');
  const service = await createService({ ...readSettings(process.env), logLevel: 'error' });
  try {
    return await work((part) => service.app.get(part, { strict: false }));
  } finally {
    await service.close();
  }
};

// Whoever reads our output may stop reading (`| head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

registerBook(program, withService, systemClock);
registerDay(program, withService, systemClock);
registerDemo(program);
registerDossier(program);
registerExplain(program, withService);
registerKey(program, withService);
registerLaw(program);
registerPlan(program);
registerReport(program);
registerSimulate(program);
registerSandbox(program);
registerStatement(program);
registerMatch(program);
registerWebhook(program, systemClock);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else fail(error);
}
