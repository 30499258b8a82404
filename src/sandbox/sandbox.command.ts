import type { Command } from 'commander';
import { systemClock } from '../kernel/clock.js';
import { print, wholeNumber } from '../platform/cli/command.js';
import { loadCalendars } from '../platform/config/calendars.js';
import { type ServedSandbox, serveSandbox } from './serve-sandbox.js';

interface Flags {
  readonly port: number;
  readonly seed: string;
  readonly days: number;
  readonly redirectUri: string[];
  readonly json?: boolean;
}

/** `tegoed sandbox`: serves the simulated packages until Ctrl-C, so that any client can be pointed at them. */
export function registerSandbox(program: Command): void {
  program
    .command('sandbox')
    .description(
      'Serve simulated bookkeeping packages with living companies in them, and the registers they are looked up in, until Ctrl-C.',
    )
    .option(
      '--port <number>',
      'port on 127.0.0.1 (the other packages and the registers take the five after it), 0 for free ones',
      wholeNumber(0, 65_530),
      4010,
    )
    .option('--seed <text>', 'the same seed gives the same companies', 'tegoed')
    .option('--days <number>', 'days of past the companies have', wholeNumber(1, 3_650), 150)
    .option('--redirect-uri <uri...>', 'addresses OAuth may send people back to', [] as string[])
    .option('--json', 'print one JSON document instead of text')
    .action(async (flags: Flags) => {
      const { port, seed, days, redirectUri: redirectUris } = flags;
      const { served, stop } = await serveSandbox({
        port,
        seed,
        days,
        redirectUris,
        clock: systemClock,
        bankingDays: loadCalendars().target,
      });
      print(served, flags, asText);
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      });
      await stop();
    });
}

function asText({ moneybird, exactOnline, twinfield, registers, overview, advance, statement }: ServedSandbox): string {
  return [
    'Moneybird sandbox',
    `  API              ${moneybird.api}`,
    `  personal token   ${moneybird.personalToken}`,
    `  OAuth            ${moneybird.authorize}`,
    `                   ${moneybird.token}`,
    `  client           ${moneybird.client.id} / ${moneybird.client.secret}`,
    ...moneybird.administrations.map(({ id, name, iban }) => `  administration   ${id}  ${name}  ${iban}`),
    '',
    'Exact Online sandbox',
    `  API              ${exactOnline.api}`,
    `  OAuth            ${exactOnline.authorize}`,
    `                   ${exactOnline.token}`,
    `  client           ${exactOnline.client.id} / ${exactOnline.client.secret}`,
    ...exactOnline.divisions.map(({ code, name, iban }) => `  division         ${code}  ${name}  ${iban}`),
    '',
    'Twinfield sandbox',
    `  OpenID Connect   ${twinfield.authorize}`,
    `                   ${twinfield.token}`,
    `                   ${twinfield.validation}`,
    `  cluster          ${twinfield.cluster}`,
    `  client           ${twinfield.client.id} / ${twinfield.client.secret}`,
    ...twinfield.offices.map(({ code, name, iban }) => `  office           ${code}  ${name}  ${iban}`),
    '',
    'Registers sandbox',
    `  VIES             ${registers.vies}`,
    `  insolvencies     ${registers.cir.url}`,
    `  subscriber       ${registers.cir.user} / ${registers.cir.password}`,
    `  trade register   ${registers.kvk.url}`,
    `  key              ${registers.kvk.key}`,
    `  credit reports   ${registers.creditInformation.url}`,
    `  key              ${registers.creditInformation.key}`,
    `  bankrupt         ${registers.knows.bankrupt ?? '-'}  VAT not valid  ${registers.knows.invalidVat ?? '-'}  report of  ${registers.knows.reported ?? '-'}`,
    '',
    `Look inside        ${overview}`,
    `                   ${exactOnline.overview}`,
    `                   ${twinfield.overview}`,
    `Let a day pass     ${advance}`,
    `Bank statement     ${statement}`,
    '',
    'Stop with Ctrl-C.',
  ].join('\n');
}
