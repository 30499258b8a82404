import { statSync } from 'node:fs';

/** By folder, from what takes minutes to what takes milliseconds. */
const LONGEST_FIRST = [
  /\/e2e\//,
  /\/browser\//,
  /-(year|nights|day|conservation)\.spec/,
  /\/integration\//,
  /\/contract\//,
  /\/handover\//,
];

const rank = ({ path }) => {
  const at = LONGEST_FIRST.findIndex((name) => name.test(path));
  return at === -1 ? LONGEST_FIRST.length : at;
};

/** The long suites first, so that none of the workers is left alone with one at the end. */
export default class LongestFirst {
  sort(tests) {
    return tests
      .map((test) => ({ test, rank: rank(test), size: statSync(test.path).size }))
      .sort((a, b) => a.rank - b.rank || b.size - a.size)
      .map(({ test }) => test);
  }

  shard(tests, { shardIndex, shardCount }) {
    return tests.filter((_, at) => at % shardCount === shardIndex - 1);
  }

  allFailedTests() {
    throw new Error('which suites failed last time is not kept; name them');
  }

  cacheResults() {}
}
