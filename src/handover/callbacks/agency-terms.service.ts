import { NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import { InputError } from '../../kernel/errors.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { AgencyEntity, AgencyTermsEntity } from '../handover.entity.js';
import { type EndpointPolicy, parseEndpoint } from '../rules/endpoint/endpoint.js';
import type { Tariff } from '../rules/settlement/tariff.js';
import type { VocabularyName } from '../rules/status/vocabularies.js';
import { keysInUse, rotated } from '../rules/webhook/key-ring.js';
import { type KeyRings, newKey } from '../signing.js';
import { callbackRing } from './agency-directory.js';

export interface Terms {
  readonly vocabulary: VocabularyName;
  readonly statusUrl: string | null;
  readonly tariff: Tariff | null;
}

export interface TermsView extends Terms {
  /** Where the agency sends its callbacks, below the public address. */
  readonly callbackPath: string;
  /** The keys it may sign with, by name: the new one first. */
  readonly callbackKeys: readonly { readonly id: string; readonly until: string | null }[];
  readonly statusAskedAt: string | null;
  readonly statusTrouble: string | null;
}

/** How an agency of an administration tells us of cases, and what it may keep. */
export class AgencyTerms {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly policy: EndpointPolicy,
    private readonly rings: KeyRings,
  ) {}

  /** Throws 404. */
  show(administrationId: string, agencyId: string): Promise<TermsView> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { callbackKeys, vocabulary } = await agencyOf(manager, administrationId, agencyId);
      const terms = await manager.findOneBy(AgencyTermsEntity, { administrationId, agencyId });
      const ring = callbackKeys === null ? [] : this.rings.open(callbackKeys, callbackRing(agencyId));
      return {
        vocabulary,
        statusUrl: terms?.statusUrl ?? null,
        tariff: terms?.tariff ?? null,
        callbackPath: `/callbacks/agencies/${agencyId}`,
        callbackKeys: keysInUse(ring, this.clock.now()).map(({ id, until }) => ({ id, until })),
        statusAskedAt: terms?.statusAskedAt?.toISOString() ?? null,
        statusTrouble: terms?.statusTrouble ?? null,
      };
    });
  }

  /** Throws 404, and {@link InputError} for an address that is not called. */
  async set(administrationId: string, agencyId: string, { vocabulary, statusUrl, tariff }: Terms): Promise<TermsView> {
    const url = statusUrl === null ? null : this.endpointOf(statusUrl);
    await this.tenancy.within(administrationId, async (manager) => {
      await agencyOf(manager, administrationId, agencyId);
      await manager.update(AgencyEntity, { administrationId, id: agencyId }, { vocabulary });
      const terms = { administrationId, agencyId, statusUrl: url, tariff, watchAt: this.clock.now(), statusTrouble: null };
      await manager.upsert(AgencyTermsEntity, terms as never, ['administrationId', 'agencyId']);
    });
    return this.show(administrationId, agencyId);
  }

  /**
   * Makes a key the agency signs its callbacks and requests with; its secret is in the answer, this once. The one before it is taken for a week
   * more, or, when it has leaked, no more at once. Throws 404.
   */
  rotate(administrationId: string, agencyId: string, atOnce: boolean): Promise<{ readonly secret: string }> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { callbackKeys } = await agencyOf(manager, administrationId, agencyId);
      const ring = callbackKeys === null ? [] : this.rings.open(callbackKeys, callbackRing(agencyId));
      const key = newKey();
      const sealed = this.rings.seal(rotated(ring, key, this.clock.now(), atOnce), callbackRing(agencyId));
      await manager.update(AgencyEntity, { administrationId, id: agencyId }, { callbackKeys: sealed });
      return { secret: key.secret };
    });
  }

  private endpointOf(text: string): string {
    const endpoint = parseEndpoint(text, this.policy);
    if (endpoint.ok) return endpoint.value.url;
    throw new InputError(endpoint.error.code, `statusUrl: ${endpoint.error.message}`);
  }
}

async function agencyOf(manager: EntityManager, administrationId: string, id: string): Promise<AgencyEntity> {
  const agency = await manager.findOne(AgencyEntity, { where: { administrationId, id }, lock: { mode: 'pessimistic_write' } });
  if (agency) return agency;
  throw new NotFoundException({ code: 'unknown-agency', message: `This administration has no agency ${id}.` });
}
