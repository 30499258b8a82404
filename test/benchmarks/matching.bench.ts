import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBookFile } from '../../src/ledger/book-file.reader.js';
import { readBankLines } from '../../src/matching/match.command.js';
import { matchStatements } from '../../src/matching/rules/match.js';
import { reportToJson } from '../../src/matching/rules/report-json.js';
import { renderCamt } from './matching/camt.js';
import { writeBook, writePieces } from './matching/files.js';
import { PaymentMaker } from './matching/payments.js';
import { run } from './matching/run.js';
import { type Score, summed } from './matching/score.js';
import { secondOpinionReport } from './matching/second-opinion/report.js';
import { type Mix, SCHEMES, makeWorld } from './matching/world.js';

/** Seeds and a numbering scheme that were never looked at while tuning. */
const UNSEEN_SEEDS = [31_001, 31_002, 31_003, 31_004, 31_005, 31_006];
const LINES = 4_000;
const OPEN_ITEMS = 6_000;
/** Lines against open items. */
const SIZES = [
  [1_000, 10_000],
  [10_000, 100_000],
  // One book and more and more lines: what grows beyond the index is the lines'.
  [10_000, 1_000_000],
  [50_000, 1_000_000],
  [100_000, 1_000_000],
] as const;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * `npm run bench -- matching [quality|second|scale]`: how right matching is on worlds with known truth (`second`: only those of the second, independent generator;
 * `quality` runs both), and how fast and large. The scale part writes its
 * files to a temporary folder and measures each size in a process of its own.
 */
export default async function bench([part = 'all', folder = '']: readonly string[]): Promise<void> {
  if (part === 'measure') return measure(folder);
  for (const mix of ['ordinary', 'hard'] as const) {
    if (part === 'quality' || part === 'all') await quality(mix);
    if (part !== 'scale') for (const row of ['', ...(await secondOpinionReport(mix))]) say(row);
  }
  if (part === 'scale' || part === 'all') scale();
}

async function quality(mix: Mix): Promise<void> {
  say(`\n${mix} mix: ${UNSEEN_SEEDS.length} unseen seeds, ${LINES} lines each against ${OPEN_ITEMS} open items; figures in %`);
  const scores: Score[] = [];
  for (const [at, seed] of UNSEEN_SEEDS.entries()) {
    const scheme = SCHEMES[(at + SCHEMES.length - 1) % SCHEMES.length] ?? 'slashes';
    const { score } = await run({ seed, mix, scheme, openItems: OPEN_ITEMS }, LINES);
    say(`  seed ${seed} ${scheme.padEnd(10)} ${inWords(score)}`);
    scores.push(score);
  }
  const all = summed(scores);
  say(`  all                  ${inWords(all)}`);
  say('  class                  lines  matched  proposed  right  wrong');
  for (const one of all.classes) {
    say(
      `  ${one.class.padEnd(20)}${[one.lines, one.matched, one.proposed, one.rightFirst, one.wrong].map((count) => String(count).padStart(8)).join('')}`,
    );
  }
  say('  confidence   lines  claimed  right');
  for (const { from, lines, claimed, right } of all.calibration) {
    say(
      `  from ${from.toFixed(2)}  ${String(lines).padStart(7)}  ${(100 * claimed).toFixed(1).padStart(7)}  ${right.toFixed(1).padStart(5)}`,
    );
  }
}

const inWords = ({ precision, booked, first, firstOfProposed }: Score): string =>
  `precision of matched ${precision.toFixed(3)}, of bookable matched ${booked.toFixed(2)}, right first ${first.toFixed(2)}, of proposals right first ${firstOfProposed.toFixed(1)}`;

function scale(): void {
  say('\n  lines    open items   book s  lines s  match s  print s  total s  processor s  lines/s  memory MB');
  for (const [lines, openItems] of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-matching-'));
    try {
      const world = makeWorld({ seed: 77, mix: 'ordinary', scheme: 'year-dash', openItems, perDebtorMax: 200, paidShare: 0 });
      writeBook(world.book, join(folder, 'book.json'));
      writePieces(renderCamt(new PaymentMaker(world).lines(lines), new Map()), join(folder, 'statement.xml'));
      const bench = fileURLToPath(new URL('../../bin/bench.js', import.meta.url));
      const figures = JSON.parse(execFileSync(process.execPath, [bench, 'matching', 'measure', folder], { encoding: 'utf8' })) as Record<
        string,
        number
      >;
      const { book = 0, read = 0, match = 0, print = 0, processor = 0, megabytes = 0 } = figures;
      const seconds = [book, read, match, print, book + read + match + print].map((second) => second.toFixed(1).padStart(9)).join('');
      say(
        `  ${String(lines).padEnd(9)}${String(world.book.invoices.length).padEnd(11)}${seconds}${processor.toFixed(1).padStart(13)}${String(Math.round(lines / match)).padStart(9)}${String(megabytes).padStart(11)}`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** What `tegoed match --json` does, timed. */
async function measure(folder: string): Promise<void> {
  let last = performance.now();
  const lap = (): number => {
    const seconds = (performance.now() - last) / 1000;
    last = performance.now();
    return seconds;
  };
  const ledger = await readBookFile(join(folder, 'book.json'));
  const book = lap();
  const lines = await readBankLines([join(folder, 'statement.xml')]);
  const read = lap();
  const report = matchStatements(ledger, lines);
  const match = lap();
  const bytes = JSON.stringify(reportToJson(report, ledger.administration.currency)).length;
  const print = lap();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // processor time beside elapsed time: the latter follows what else the machine does
  const processor = (userCPUTime + systemCPUTime) / 1e6;
  say(JSON.stringify({ book, read, match, print, bytes, processor, megabytes: Math.round(maxRSS / 1024) }));
}
