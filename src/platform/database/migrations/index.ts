import type { Migration } from './migration.js';
import { Ledger1795000000000 } from './1795000000000-ledger.js';
import { Day1795000000001 } from './1795000000001-day.js';
import { Statements1795000000010 } from './1795000000010-statements.js';
import { Matching1795000000020 } from './1795000000020-matching.js';
import { Dossier1795000000030 } from './1795000000030-dossier.js';
import { Consent1795000000040 } from './1795000000040-consent.js';
import { Handover1795000000050 } from './1795000000050-handover.js';
import { ControlTotal1795000000060 } from './1795000000060-control-total.js';
import { HandoverCase1795000000070 } from './1795000000070-handover-case.js';

/** In the order they are applied. Never change one that has landed: add the next. */
export const migrations: (new () => Migration)[] = [
  Ledger1795000000000,
  Day1795000000001,
  Statements1795000000010,
  Matching1795000000020,
  Dossier1795000000030,
  Consent1795000000040,
  Handover1795000000050,
  ControlTotal1795000000060,
  HandoverCase1795000000070,
];
