import type { Consents } from '../adapters/consent/consents.service.js';
import { Days } from '../cycle/days.service.js';
import type { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import { staleness } from '../dunning/rules/freshness.js';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import type { AdministrationFacts } from './rules/administration-view.js';

/** How administrations stand: what their last day did, and whether their figures are fresh enough to act on today. */
export class Standings {
  constructor(
    private readonly days: Days,
    private readonly policies: Policies,
    private readonly context: DecisionContext,
    private readonly clock: Clock,
    private readonly consents: Consents,
  ) {}

  async of(administrationId: string): Promise<AdministrationFacts> {
    const { trouble, ...status } = await this.days.status(administrationId);
    const lost = trouble && { ...trouble, again: this.consents.offered().filter((offer) => offer.package === status.package) };
    try {
      const { freshness } = this.policies.get(status.policy);
      return {
        ...status,
        stale: staleness(
          { ...status, controlDiffers: status.difference !== null },
          freshness,
          this.context.calendars.target,
          today(this.clock),
        ),
        policyTrouble: null,
        lost,
      };
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      return { ...status, stale: null, policyTrouble: cause.message, lost };
    }
  }
}
