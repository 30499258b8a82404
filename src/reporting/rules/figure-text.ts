import { type Language, formatPercent, formatShortDate } from '../../correspondence/rules/localized.js';
import type { Cell } from './management.js';

const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB', fr: 'fr-BE' };
const NOT_KNOWN = '–';

/** A cell as people of a language read it: `1.234,56`, `69,0`, `26,67%`; a dash for what is not known. */
export function figureText(cell: Cell, language: Language): string {
  if (cell.value === null) return NOT_KNOWN;
  const number = (value: number | string, decimals: number): string =>
    new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }).format(value as Intl.StringNumericLiteral);
  switch (cell.kind) {
    case 'text':
      return cell.value;
    case 'date':
      return formatShortDate(cell.value, language);
    case 'amount':
      return number(cell.value, cell.value.split('.')[1]?.length ?? 0);
    case 'days':
      return number(cell.value, 1);
    case 'count':
      return number(cell.value, 0);
    case 'percent':
      return formatPercent(cell.value.toFixed(2), language);
    case 'ratio':
      return formatPercent((cell.value * 100).toFixed(2), language);
  }
}
