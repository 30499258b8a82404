import type { DataSource } from 'typeorm';

export interface TableContent {
  readonly rows: number;
  /** Says the same for the same rows, in whatever order. */
  readonly digest: string;
}

/** Counts requests to the vendors, not facts: changes whenever somebody asks. */
const NOT_FACTS = ['outgoing_quota', 'schema_migration'];

/**
 * What is in every table of the database, over all administrations: two that are equal prove that nothing was stored in between.
 * `without` leaves out columns (by table) that say when something was looked at, not what is so; `*` leaves out the whole table.
 */
export async function tableContents(
  dataSource: DataSource,
  without: Readonly<Record<string, readonly string[] | '*'>> = {},
): Promise<Record<string, TableContent>> {
  return dataSource.transaction(async (manager) => {
    // As the scheduler sees it first, then as a unit of work for everybody at once: row-level security is in force here too.
    await manager.query(`SET LOCAL tegoed.directory = 'on'`);
    const administrations = (await manager.query('SELECT id FROM administration')) as { id: string }[];
    await manager.query(`SET LOCAL tegoed.administrations = '${administrations.map(({ id }) => id).join(',')}'`);
    const tables = (await manager.query(
      `SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
    )) as { name: string }[];
    const contents: Record<string, TableContent> = {};
    for (const { name } of tables) {
      const left = without[name];
      if (NOT_FACTS.includes(name) || left === '*') continue;
      const [content] = (await manager.query(
        `SELECT count(*)::int AS rows, coalesce(md5(string_agg(line, E'\\n' ORDER BY line)), '') AS digest
           FROM (SELECT (to_jsonb(t) - $1::text[])::text AS line FROM "${name}" t) AS lines`,
        [left ?? []],
      )) as [TableContent];
      contents[name] = content;
    }
    return contents;
  });
}
