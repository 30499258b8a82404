import { bankLinesOf } from '../../../src/matching/rules/lines.js';
import { matchStatements } from '../../../src/matching/rules/match.js';
import { collectStatements } from '../../../src/statements/collect.js';
import { renderCamt, type TruthByPlace } from './camt.js';
import { PaymentMaker } from './payments.js';
import { type Score, scoreOf } from './score.js';
import { type WorldOptions, makeWorld } from './world.js';

/** One world, its statement rendered and read back, matched and held against the truth. */
export async function run(options: WorldOptions, lines: number): Promise<{ score: Score; seconds: number }> {
  const world = makeWorld(options);
  const truth: TruthByPlace = new Map();
  const xml = [...renderCamt(new PaymentMaker(world).lines(lines), truth)].map((piece) => Buffer.from(piece));
  const bankLines = bankLinesOf(await collectStatements('bench.xml', xml));
  const started = performance.now();
  const { outcomes } = matchStatements(world.book, bankLines);
  const seconds = (performance.now() - started) / 1000;
  return { score: scoreOf(outcomes, truth), seconds };
}
