import type { Type } from '@nestjs/common';

/** Gives a part of the running house by its class. */
export type Resolve = <T>(part: Type<T>) => T;

/**
 * Commands that use it import the parts they resolve inside their action, so that those that only read files stay quick.
 *
 * Runs a command's work inside the service put together from the environment (database open, HTTP not listening), and closes it
 * afterwards. Made by cli.ts, which alone knows the whole house; the commands of the stages get it handed.
 */
export type WithService = <T>(work: (resolve: Resolve) => Promise<T>) => Promise<T>;
