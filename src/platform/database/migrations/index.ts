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
import { HandoverTold1795000000071 } from './1795000000071-handover-told.js';
import { AgencyTerms1795000000072 } from './1795000000072-agency-terms.js';
import { DocumentLink1795000000073 } from './1795000000073-document-link.js';
import { NativeReminders1795000000075 } from './1795000000075-native-reminders.js';
import { Report1795000000080 } from './1795000000080-report.js';
import { Credit1795000000081 } from './1795000000081-credit.js';
import { Figures1795000000090 } from './1795000000090-figures.js';
import { StatementsToPackage1795000000091 } from './1795000000091-statements-to-package.js';
import { CustomerDecision1795000000093 } from './1795000000093-customer-decision.js';
import { DisputeAwaited1795000000094 } from './1795000000094-dispute-awaited.js';
import { PackageDispute1795000000095 } from './1795000000095-package-dispute.js';
import { PackagePause1795000000096 } from './1795000000096-package-pause.js';
import { Rearranged1795000000097 } from './1795000000097-rearranged.js';
import { ReturnedContact1795000000099 } from './1795000000099-returned-contact.js';

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
  HandoverTold1795000000071,
  AgencyTerms1795000000072,
  DocumentLink1795000000073,
  NativeReminders1795000000075,
  Report1795000000080,
  Credit1795000000081,
  Figures1795000000090,
  StatementsToPackage1795000000091,
  CustomerDecision1795000000093,
  DisputeAwaited1795000000094,
  PackageDispute1795000000095,
  PackagePause1795000000096,
  Rearranged1795000000097,
  ReturnedContact1795000000099,
];
