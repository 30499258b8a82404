import type { PlainDate } from '../../kernel/plain-date.js';
import { type Role, isAtLeast } from '../../platform/auth/rules/authority.js';
import type { Texts } from '../texts.js';
import type { Badge, Tone } from './badge.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

/** What `StatementSetting` tells of statements that go on to the package. */
export interface ToPackageFacts {
  /** The package that takes them; null: none does. */
  readonly package: string | null;
  readonly from: Date | null;
  readonly statements: readonly {
    readonly iban: string;
    readonly through: PlainDate;
    readonly state: string;
    readonly because: string | null;
  }[];
}

export interface ToPackageShown {
  readonly title: string;
  readonly words: string;
  readonly isOn: boolean;
  readonly standing: string;
  /** Why whoever looks cannot change it; null: he can. */
  readonly mayNot: string | null;
  readonly statements: readonly { readonly iban: string; readonly through: string; readonly state: Badge; readonly because: string }[];
}

const TONES: Readonly<Record<string, Tone>> = { done: 'good', failed: 'bad', uncertain: 'attention' };

/** Whether statements go on to the package and what became of the latest; null where there is no package that takes them. */
export function showToPackage(facts: ToPackageFacts, role: Role, texts: Texts, format: Format): ToPackageShown | null {
  if (facts.package === null) return null;
  const { toPackage: words } = texts.statements;
  const name = wordFor(texts.package, facts.package);
  const withName = (pattern: string, more: Record<string, string> = {}): string => fill(pattern, { package: name, ...more });
  return {
    title: withName(words.title),
    words: withName(words.words),
    isOn: facts.from !== null,
    standing: facts.from === null ? withName(words.off) : withName(words.on, { moment: format.moment(facts.from.toISOString()) }),
    mayNot: isAtLeast(role, 'owner') ? null : fill(words.ownerOnly, { role }),
    statements: facts.statements.map(({ iban, through, state, because }) => ({
      iban,
      through: format.day(through),
      state: { tone: TONES[state] ?? 'quiet', words: wordFor(words.states, state) },
      because: because ?? texts.none,
    })),
  };
}
