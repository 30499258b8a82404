import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Structured logs on stderr: one JSON object a line. No personal data: log ids, counts and codes, never names, addresses, texts or
 * amounts of a debtor. What is redacted here is a last net for what libraries might log.
 */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'headers.authorization', 'email', 'to', 'name', 'iban'],
    },
    pino.destination(2),
  );
}

/** The same log for what Nest itself has to say. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, context?: string): void => this.logger.debug({ context }, String(message));
  error = (message: unknown, stack?: string, context?: string): void => this.logger.error({ context, stack }, String(message));
  warn = (message: unknown, context?: string): void => this.logger.warn({ context }, String(message));
  debug = (message: unknown, context?: string): void => this.logger.debug({ context }, String(message));
  verbose = (message: unknown, context?: string): void => this.logger.trace({ context }, String(message));
  fatal = (message: unknown, context?: string): void => this.logger.fatal({ context }, String(message));
}
