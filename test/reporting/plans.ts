import type { EntityManager } from 'typeorm';
import type { FigureQuery } from '../../src/reporting/figure-queries.js';
import { FOR_FIGURES } from '../../src/reporting/stored-report.js';

export type Reading = Pick<FigureQuery<unknown>, 'name' | 'text' | 'parameters'>;

/** What is of the moment: lists of ids, and which pages were in memory already. */
const plain = (line: string): string =>
  line
    .replaceAll(/'\{[^}]*\}'::text\[\]/g, "'{…}'::text[]")
    .replace(/Buffers: shared (?:hit=(\d+))? ?(?:read=(\d+))?.*/, (_, hit = '0', read = '0') => `Pages: ${Number(hit) + Number(read)}`);

/** The plans of readings, run once more, by name: with rows and pages, without times, which are of the machine. */
export async function plansOf(manager: EntityManager, readings: readonly Reading[]): Promise<Map<string, string>> {
  const plans = new Map<string, string>();
  await manager.query(FOR_FIGURES);
  for (const { name, text, parameters } of readings) {
    const rows = (await manager.query(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) ${text}`, [...parameters])) as {
      'QUERY PLAN': string;
    }[];
    const lines = rows.map((row) => row['QUERY PLAN']);
    const planning = lines.indexOf('Planning:');
    plans.set(
      name,
      lines
        .slice(0, planning < 0 ? undefined : planning)
        .map(plain)
        .join('\n'),
    );
  }
  return plans;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** One access of a table by a plan. */
export interface Access {
  readonly reading: string;
  readonly how: string;
  readonly table: string;
  readonly index: string | null;
  /** Whether it is bound to rows of one administration. */
  readonly bound: boolean;
}

/** How the tables are reached by readings, without running them. */
export async function accessesOf(manager: EntityManager, readings: readonly Reading[]): Promise<Access[]> {
  const accesses: Access[] = [];
  await manager.query(FOR_FIGURES);
  for (const { name, text, parameters } of readings) {
    const [row] = (await manager.query(`EXPLAIN (FORMAT JSON) ${text}`, [...parameters])) as [{ 'QUERY PLAN': [{ Plan: PlanNode }] }];
    const visit = (node: PlanNode, within: PlanNode | null): void => {
      const table = node['Relation Name'];
      const condition = node['Index Cond'] ?? node['Recheck Cond'] ?? '';
      if (table !== undefined && node['Node Type'] !== 'Bitmap Heap Scan') {
        accesses.push({
          reading: name,
          how: node['Node Type'],
          table,
          index: node['Index Name'] ?? null,
          bound: condition.includes('administration_id'),
        });
      }
      if (node['Node Type'] === 'Bitmap Index Scan') {
        accesses.push({
          ...{ reading: name, how: node['Node Type'], table: within?.['Relation Name'] ?? '', index: node['Index Name'] ?? null },
          bound: condition.includes('administration_id'),
        });
      }
      for (const child of node.Plans ?? []) visit(child, node['Node Type'].startsWith('Bitmap') && within ? within : node);
    };
    visit(row['QUERY PLAN'][0].Plan, null);
  }
  return accesses;
}
