import { entities } from '../../src/entities.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { administrationRow } from './rows.js';

/**
 * Writes until it is killed: two rows a transaction, named `<round>-a <number>` and `<round>-b <number>`, and the number of each
 * transaction on a line of stdout once it is committed.
 */
const [dataFolder = '', round = ''] = process.argv.slice(2);
const { dataSource } = await openDatabase({ dataFolder }, entities);
const tenancy = new Tenancy(dataSource);
for (let number = 0; ; number++) {
  const rows = ['a', 'b'].map((half) => administrationRow({ name: `${round}-${half} ${number}` }));
  await tenancy.within(
    rows.map(({ id }) => id),
    async (manager) => {
      for (const row of rows) await manager.insert(AdministrationEntity, row as never);
    },
  );
  process.stdout.write(`${number}\n`);
}
