import type { Mix } from './office.js';
import { secondOpinion } from './run.js';
import { type Case, type Verdict, faults, right, verdict } from './verdict.js';

/** Seeds never looked at while rules were written: those below 1000 were. */
const UNSEEN = { from: 9_001, offices: 60 };
const SIZE = { firms: 220, lines: 320 };
const FAULTS_SHOWN = 5;

/** The figures of the second generator over offices nobody has seen, as lines of text. */
export async function secondOpinionReport(mix: Mix): Promise<string[]> {
  const cases: Case[] = [];
  for (let at = 0; at < UNSEEN.offices; at++) cases.push(...(await secondOpinion(UNSEEN.from + at, mix, SIZE)));
  const wrong = faults(cases).filter(({ kind }) => kind === 'wrong');
  return [
    `second opinion, ${mix} mix: ${UNSEEN.offices} unseen offices of ${SIZE.firms} firms; figures in %`,
    `  ${inWords(verdict(cases))}`,
    '  case                         lines  matched   sure  sure matched   right',
    ...[...Map.groupBy(cases, ({ truth }) => truth.case)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, some]) => caseRow(name, some)),
    '  confidence   lines  right',
    ...verdict(cases).deciles.flatMap(({ lines, right: fine }, at) =>
      lines === 0 ? [] : [`  from ${at / 10}  ${col(lines, 9)}  ${share(fine, lines)}`],
    ),
    ...wrong
      .slice(0, FAULTS_SHOWN)
      .map(({ of }) => `  wrong: ${of.truth.case}: ${JSON.stringify(of.line.texts)} ${of.said.because.join('; ')}`),
  ];
}

const col = (value: number, width: number): string => String(value).padStart(width);
const share = (part: number, whole: number): string => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(2));

const inWords = ({ lines, matched, matchedRight, sure, sureMatched, receipts, receiptsRight, unbalanced }: Verdict): string =>
  `${lines} lines: precision of matched ${share(matchedRight, matched)} (${matched - matchedRight} wrong), of sure matched ${share(sureMatched, sure)}, ` +
  `receipts right first ${share(receiptsRight, receipts)}, lines that do not add up ${unbalanced}`;

function caseRow(name: string, cases: readonly Case[]): string {
  const { matched, sure, sureMatched } = verdict(cases);
  return `  ${name.padEnd(28)}${col(cases.length, 6)}${col(matched, 9)}${col(sure, 7)}${col(sureMatched, 14)}${col(cases.filter(right).length, 8)}`;
}
