import { type RegistryScheme, normalizeRegistryNumber } from '../../kernel/identifiers/registry.js';
import { type VatNumber, parseVatNumber } from '../../kernel/identifiers/vat-number.js';
import type { Debtor } from '../../ledger/rules/book.js';

/** A number of a trade register, as the register writes it. */
export interface RegistryNumber {
  readonly scheme: RegistryScheme;
  readonly id: string;
}

/** Who a debtor says to be: the numbers that can be right, and what is wrong with the others. */
export interface Identity {
  readonly registry: RegistryNumber | null;
  readonly vat: VatNumber | null;
  /** Numbers the books carry that cannot be right; `mismatch`: a Belgian VAT number is the KBO number, and these two differ. */
  readonly wrong: readonly ('registry' | 'vat' | 'mismatch')[];
}

export type Numbers = Pick<Debtor, 'country' | 'vatId' | 'registryId'>;

const SCHEME_OF: Readonly<Record<string, RegistryScheme>> = { NL: 'nl-kvk', BE: 'be-kbo' };

/**
 * The numbers of a debtor, by their check digits alone; nothing is asked of anybody. Of other countries than the Netherlands and Belgium
 * the trade register's number is not judged. A Belgian company is known by its VAT number too.
 */
export function identityOf({ country, vatId, registryId }: Numbers): Identity {
  const scheme = SCHEME_OF[country];
  const vat = vatId === null ? null : parseVatNumber(vatId, country);
  const own = registryId === null || scheme === undefined ? null : normalizeRegistryNumber(scheme, registryId);
  const byVat = vat?.prefix === 'BE' ? vat.number : null;
  return {
    registry: scheme !== undefined && own !== null ? { scheme, id: own } : byVat === null ? null : { scheme: 'be-kbo', id: byVat },
    vat,
    wrong: [
      ...(registryId !== null && scheme !== undefined && own === null ? (['registry'] as const) : []),
      ...(vatId !== null && vat === null ? (['vat'] as const) : []),
      ...(scheme === 'be-kbo' && own !== null && byVat !== null && own !== byVat ? (['mismatch'] as const) : []),
    ],
  };
}
