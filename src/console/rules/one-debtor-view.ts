import type { OneDebtorView } from '../../credit/rules/one-debtor.js';
import type { Texts } from '../texts.js';
import { EMPTY_FORM, type FieldShown, fieldOf } from './form.js';
import type { Format } from './format.js';
import { wordFor } from './words.js';

/** What a debtor is looked for by, as it was asked. */
export const soughtFields = (
  asked: Readonly<Record<'registry' | 'vat' | 'iban' | 'country', string>>,
  { oneDebtor: words }: Texts,
): FieldShown[] =>
  (['registry', 'vat', 'iban', 'country'] as const).map((name) =>
    fieldOf('sought', name, words[name], { ...EMPTY_FORM, values: asked }, { required: name === 'country' }),
  );

/** A debtor where he was found, as a row. */
export interface OneDebtorShown {
  readonly rows: readonly {
    readonly administration: string;
    readonly path: string;
    readonly name: string;
    readonly by: string;
    readonly open: string;
    readonly overdue: string;
    readonly since: string;
    readonly limit: string;
  }[];
  readonly totals: readonly { readonly open: string; readonly overdue: string }[];
  /** Something was asked that can be looked for. */
  readonly asks: boolean;
}

export function showOneDebtor({ soughtBy, debtors, totals }: OneDebtorView, texts: Texts, format: Format): OneDebtorShown {
  return {
    asks: soughtBy.length > 0,
    rows: debtors.map((one) => ({
      administration: one.administration,
      path: `/console/administrations/${one.administrationId}`,
      name: one.number === null ? one.name : `${one.name} (${one.number})`,
      by: one.matchedBy.map((key) => keyInWords(key, texts)).join(', '),
      open: format.amount(one.open, one.currency),
      overdue: format.amount(one.overdue, one.currency),
      since: one.oldestDueDate === null ? texts.none : format.day(one.oldestDueDate),
      limit: one.limit === null ? texts.none : format.amount(one.limit, one.currency),
    })),
    totals: totals.map(({ currency, open, overdue }) => ({
      open: format.amount(open, currency),
      overdue: format.amount(overdue, currency),
    })),
  };
}

/** `nl-kvk:12345678` as people say it. */
function keyInWords(key: string, { oneDebtor: words }: Texts): string {
  const [kind = '', number = ''] = key.split(':');
  return `${wordFor(words.keyWord, kind)} ${number}`;
}
