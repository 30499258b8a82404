import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, or the one `CHROMIUM_PATH` names. */
const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Nothing outside this machine is called, by the browser's own habits neither. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether there is a browser to test with; says so when there is none. */
export function browserIsThere(suite: string): boolean {
  if (existsSync(EXECUTABLE)) return true;
  process.stderr.write(`SKIPPED ${suite}: there is no browser at ${EXECUTABLE} (CHROMIUM_PATH names another)\n`);
  return false;
}

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: EXECUTABLE, args: QUIET });
