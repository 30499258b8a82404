import { readSettings } from './platform/config/settings.js';
import { createService } from './service.js';

/** The HTTP service and, unless TEGOED_ROLE says otherwise, the worker too. Ends cleanly on SIGTERM and SIGINT. */
const service = await createService(readSettings(process.env));
const url = await service.listen();
process.stderr.write(`Tegoed listens on ${url} (console at ${url}/console, API at ${url}/api/docs)\n`);

let ending = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (ending) process.exit(1);
    ending = true;
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
