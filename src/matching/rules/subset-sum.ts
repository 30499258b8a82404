/** Result of a bounded search: positions of each solution, ascending. */
export interface Subsets {
  readonly solutions: readonly (readonly number[])[];
  /** False when a bound ended the search: there may be others. */
  readonly complete: boolean;
}

/** Most solutions that are kept: two already mean that the sum decides nothing. */
const SOLUTIONS_MAX = 16;

/**
 * Which non-empty subsets of the values (whole numbers, credit notes negative) add up to the target. All of them while both halves of the
 * values have at most `stepsMax` / 2 subsets (meet in the middle: 28 values for 40,000 steps); beyond that only those of one to four
 * values, or all but one to three (100 values for 40,000 steps); beyond that only pairs.
 */
export function subsetsWithSum(values: readonly number[], target: number, stepsMax: number): Subsets {
  const half = Math.ceil(values.length / 2);
  if (2 ** (half + 1) <= stepsMax) return meetInTheMiddle(values, target);
  if (values.length ** 2 * 4 > stepsMax) return { solutions: ofOneOrTwo(values, target), complete: false };
  return smallSubsets(values, target);
}

/** Sums of all subsets; sums[mask] belongs to the values whose bits are set. */
function sumsOf(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  for (let mask = 1; mask < sums.length; mask++) {
    const low = 31 - Math.clz32(mask & -mask);
    sums[mask] = (sums[mask & (mask - 1)] as number) + (values[low] as number);
  }
  return sums;
}

function meetInTheMiddle(values: readonly number[], target: number): Subsets {
  const split = Math.ceil(values.length / 2);
  const left = sumsOf(values.slice(0, split));
  const right = sumsOf(values.slice(split));
  const bySum = new Map<number, number[]>();
  left.forEach((sum, mask) => {
    const masks = bySum.get(sum);
    if (masks === undefined) bySum.set(sum, [mask]);
    else if (masks.length < SOLUTIONS_MAX) masks.push(mask);
  });
  const solutions: number[][] = [];
  for (let mask = 0; mask < right.length; mask++) {
    for (const other of bySum.get(target - (right[mask] as number)) ?? []) {
      if (mask === 0 && other === 0) continue;
      if (solutions.length === SOLUTIONS_MAX) return { solutions: inOrder(solutions), complete: false };
      solutions.push([...bits(other, 0), ...bits(mask, split)]);
    }
  }
  return { solutions: inOrder(solutions), complete: true };
}

function bits(mask: number, offset: number): number[] {
  const positions: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) positions.push(offset + 31 - Math.clz32(rest & -rest));
  return positions;
}

function ofOneOrTwo(values: readonly number[], target: number): number[][] {
  const solutions: number[][] = [];
  const seen = new Map<number, number>();
  values.forEach((value, at) => {
    if (solutions.length >= SOLUTIONS_MAX) return;
    if (value === target) solutions.push([at]);
    const other = seen.get(target - value);
    if (other !== undefined) solutions.push([other, at]);
    if (!seen.has(value)) seen.set(value, at);
  });
  return inOrder(solutions);
}

function smallSubsets(values: readonly number[], target: number): Subsets {
  const found = new Map<string, number[]>();
  const add = (positions: number[]): void => {
    const sorted = [...positions].sort((a, b) => a - b);
    if (found.size < SOLUTIONS_MAX) found.set(sorted.join(), sorted);
  };
  const pairs = pairsBySum(values);
  const total = values.reduce((sum, value) => sum + value, 0);
  const everything = values.map((_, at) => at);
  const look = (wanted: number, take: (positions: number[]) => void, sizeMax: number): void => {
    values.forEach((value, at) => {
      if (value === wanted) take([at]);
      for (const [a, b] of pairs.get(wanted - value) ?? []) if (a !== at && b !== at && sizeMax >= 3) take([at, a, b]);
    });
    for (const pair of pairs.get(wanted) ?? []) take([...pair]);
  };
  look(target, add, 3);
  look(total - target, (without) => add(everything.filter((at) => !without.includes(at))), 3);
  if (total === target) add(everything);
  for (const [sum, some] of pairs) {
    if (found.size >= SOLUTIONS_MAX) break;
    for (const [a, b] of some) for (const [c, d] of pairs.get(target - sum) ?? []) if (b < c) add([a, b, c, d]);
  }
  return { solutions: inOrder([...found.values()].filter(({ length }) => length > 0)), complete: false };
}

/** A few pairs per sum are enough to show that a sum is ambiguous. */
const PAIRS_PER_SUM_MAX = 4;

function pairsBySum(values: readonly number[]): Map<number, [number, number][]> {
  const pairs = new Map<number, [number, number][]>();
  for (let a = 0; a < values.length; a++) {
    for (let b = a + 1; b < values.length; b++) {
      const sum = (values[a] as number) + (values[b] as number);
      const same = pairs.get(sum);
      if (same === undefined) pairs.set(sum, [[a, b]]);
      else if (same.length < PAIRS_PER_SUM_MAX) same.push([a, b]);
    }
  }
  return pairs;
}

/** Fewest values first, then the earliest ones. */
function inOrder(solutions: number[][]): number[][] {
  return solutions.sort((a, b) => {
    if (a.length !== b.length) return a.length - b.length;
    const at = a.findIndex((position, place) => position !== b[place]);
    return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
  });
}
