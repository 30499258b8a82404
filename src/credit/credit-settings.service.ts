import { formatAmount } from '../kernel/money.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CreditSettingsEntity } from './credit.entity.js';
import { LookupsRepository } from './lookups.repository.js';
import type { CreditSettings, Recipients } from './rules/credit-settings.js';

export interface SettingsView {
  readonly lookupsPerNight: number;
  /** Euro. */
  readonly monthlyBudget: string;
  readonly recipients: Recipients;
}

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

const view = ({ lookupsPerNight, monthlyBudget, recipients }: CreditSettings): SettingsView => ({
  lookupsPerNight,
  monthlyBudget: formatAmount(monthlyBudget),
  recipients,
});
