import { PackageError } from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { type FinancialAccount, linesToLink, toFinancialAccount, unknownAccounts } from './rules/financial-account.js';
import type { VendorRecord } from './rules/record.js';

/**
 * The accounts of one administration, asked for when a bank line names one that is not known, and not again for the same one: a line may
 * stand on an account that was deactivated, which is not listed (§3.6).
 */
export class FinancialAccounts {
  private known: readonly FinancialAccount[] = [];
  private readonly askedFor = new Set<string>();
  private mayBeRead = true;

  /**
   * The bank lines a payment in the currency may be linked to. All of them where the accounts may not be read (scope `settings`): then only
   * the lines' own currency tells. Errors: those of a read but `no-right`.
   */
  async linesToLink(api: AdministrationApi, mutations: readonly VendorRecord[], currency: string): Promise<readonly VendorRecord[]> {
    const unknown = unknownAccounts(mutations, this.known).filter((id) => !this.askedFor.has(id));
    if (unknown.length > 0 && this.mayBeRead) {
      await this.read(api);
      for (const id of unknown) this.askedFor.add(id);
    }
    return this.mayBeRead ? linesToLink(mutations, this.known, currency) : mutations;
  }

  /** One that cannot be read is left out: nothing is linked to its lines. */
  private async read(api: AdministrationApi): Promise<void> {
    try {
      this.known = (await api.financialAccounts()).map(toFinancialAccount).flatMap((read) => (read.ok ? [read.value] : []));
    } catch (cause) {
      if (!(cause instanceof PackageError && cause.kind === 'no-right')) throw cause;
      this.mayBeRead = false;
    }
  }
}
