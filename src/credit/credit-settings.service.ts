import { InputError } from '../kernel/errors.js';
import { formatAmount, parseAmount } from '../kernel/money.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CreditSettingsEntity } from './credit.entity.js';
import { LookupsRepository } from './lookups.repository.js';
import type { CreditSettings } from './rules/credit-settings.js';
import type { SettingsView } from './rules/told.js';

/** The settings about credit of an administration. */
export class CreditSettingsService {
  constructor(private readonly tenancy: Tenancy) {}

  read(administrationId: string): Promise<SettingsView> {
    return this.tenancy.within(administrationId, async (manager) =>
      view(await new LookupsRepository(manager, administrationId).settings()),
    );
  }

  write(administrationId: string, settings: CreditSettings): Promise<SettingsView> {
    return this.tenancy.within(administrationId, async (manager) => {
      await manager.upsert(CreditSettingsEntity, { administrationId, ...settings }, ['administrationId']);
      return view(settings);
    });
  }
}

/** Settings as the API takes them. Throws {@link InputError}. */
export function settingsIn({ lookupsPerNight, monthlyBudget, recipients }: SettingsView): CreditSettings {
  const budget = parseAmount(monthlyBudget, 'EUR');
  if (!budget.ok) throw new InputError(budget.error.code, `monthlyBudget: ${budget.error.message}`);
  return { lookupsPerNight, monthlyBudget: budget.value, recipients: { ...recipients } };
}

const view = ({ lookupsPerNight, monthlyBudget, recipients }: CreditSettings): SettingsView => ({
  lookupsPerNight,
  monthlyBudget: formatAmount(monthlyBudget),
  recipients,
});
