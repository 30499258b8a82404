import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import { isUuid } from '../../platform/database/ids.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { digests } from '../digests.js';
import { AgencyEntity } from '../handover.entity.js';
import { keysInUse } from '../rules/webhook/key-ring.js';
import { parseSecret } from '../rules/webhook/secret.js';
import { HEADERS, WEBHOOK_ID } from '../rules/webhook/signature.js';
import { verifyWebhook } from '../rules/webhook/verify.js';
import type { KeyRings } from '../signing.js';

/** An agency that has proven to be itself. */
export interface ProvenAgency {
  readonly administrationId: string;
  readonly id: string;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A key nobody has: for agencies there are none of, so that they cost the time others cost. */
const NOBODYS_KEY = randomBytes(32);

/** What the keys of callbacks are sealed to; never those we sign with ourselves. */
export const callbackRing = (agencyId: string): string => `callbacks of ${agencyId}`;

/** Who is behind a signature. The agency names itself; whose it is, is looked up before anything of an administration is opened. */
export class AgencyDirectory {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly rings: KeyRings,
  ) {}

  /**
   * The agency, when `content` was signed with one of its callback keys within five minutes of now. Null for everything else, without a
   * difference: an unknown agency, one without keys, a missing header, a wrong signature.
   */
  async prove(agencyId: string, headers: Headers, content: Uint8Array): Promise<ProvenAgency | null> {
    const now = this.clock.now();
    const id = one(headers[HEADERS.id]);
    const agency = isUuid(agencyId) && WEBHOOK_ID.test(id ?? '') ? await this.find(agencyId) : null;
    const ring = agency?.callbackKeys ? keysInUse(this.rings.open(agency.callbackKeys, callbackRing(agencyId)), now) : [];
    const keys = ring.flatMap(({ secret }) => {
      const key = parseSecret(secret);
      return key.ok ? [key.value] : [];
    });
    const received = {
      id,
      timestamp: one(headers[HEADERS.timestamp]),
      signature: one(headers[HEADERS.signature]),
      body: content,
    };
    const nowSeconds = Math.floor(now.getTime() / 1000);
    const { valid } = verifyWebhook(received, keys.length > 0 ? keys : [NOBODYS_KEY], digests, { nowSeconds });
    return valid && agency ? { administrationId: agency.administrationId, id: agency.id } : null;
  }

  private find(id: string): Promise<Pick<AgencyEntity, 'administrationId' | 'id' | 'callbackKeys'> | null> {
    return this.tenancy.directory((manager) =>
      manager.findOne(AgencyEntity, { where: { id }, select: { administrationId: true, id: true, callbackKeys: true } }),
    );
  }
}

const one = (header: string | string[] | undefined): string | null => (typeof header === 'string' ? header : null);
