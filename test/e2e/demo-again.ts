import { expect } from '@jest/globals';
import type { RunningDemo } from '../../src/sandbox/demo/demo.js';
import { sandboxContent } from '../support/sandbox-state.js';
import { tableContents } from '../support/tables.js';

const NOTHING = { acts: {}, mails: 0, pushed: {}, matched: 0 };

/** What is kept beside a package's own books: Moneybird, the mailbox, and the tables, but for when a day was run and a package looked at. */
const kept = async (demo: RunningDemo): Promise<object> => ({
  moneybird: sandboxContent(demo.sandbox.state.administration(demo.packageRef)),
  mails: demo.mailbox.mails.map(({ messageId }) => messageId),
  tables: await tableContents(demo.service.database.dataSource, {
    day_run: ['started_at', 'finished_at', 'figures'],
    administration: ['pulled_at', 'pull_cursor'],
    // Access is renewed when it is old, whoever asks.
    consent: ['tokens', 'renewed_at', 'asks', 'asks_since'],
  }),
});

/** The repeated days did nothing by their figures, nor by anything that is kept anywhere; `books`: what the package at hand keeps. */
export async function expectNothingTwice(demo: RunningDemo, books: () => object): Promise<void> {
  for (const { secondRun } of demo.summary.companies) expect(secondRun).toEqual({ mails: 0, pushed: 0, acts: 0, matched: 0 });

  await demo.nextDay();
  await demo.sameDayAgain();
  // What was written into the packages has been pulled by now: from here on not even that changes.
  const night = { ...(await kept(demo)), ...books() };
  for (const { did } of await demo.sameDayAgain()) {
    expect({ acts: did.acts, mails: did.mailsSent, pushed: did.pushed, matched: did.linesMatched }).toEqual(NOTHING);
  }
  expect({ ...(await kept(demo)), ...books() }).toEqual(night);
}
