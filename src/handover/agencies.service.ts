import { randomBytes, randomUUID } from 'node:crypto';
import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { unwrap } from '../kernel/result.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { Delivered, EndpointClient } from './endpoint.client.js';
import { AgencyEntity, type AgencyState } from './handover.entity.js';
import { type EndpointPolicy, parseEndpoint } from './rules/endpoint/endpoint.js';
import type { Agency, Registration } from './rules/readiness/agency.js';
import { eventBody } from './rules/webhook/event.js';
import { keysInUse, rotated } from './rules/webhook/key-ring.js';
import { type KeyRings, newKey, signed } from './signing.js';

export interface NewAgency {
  readonly name: string;
  readonly kind: Agency['kind'];
  readonly segments: readonly ('B2B' | 'B2C')[];
  readonly registrations: readonly Registration[];
  readonly url: string;
}

export interface AgencyView extends NewAgency {
  readonly id: string;
  readonly state: AgencyState;
  readonly because: string | null;
  /** The keys we sign with, by name: the new one first. */
  readonly keys: readonly { readonly id: string; readonly until: string | null }[];
}

/** What came of a test event. */
export interface Proof {
  readonly proven: boolean;
  readonly because: string | null;
}

/** The agencies of an administration and their endpoints. */
export class Agencies {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly client: EndpointClient,
    private readonly policy: EndpointPolicy,
    private readonly rings: KeyRings,
  ) {}

  list(administrationId: string): Promise<AgencyView[]> {
    return this.tenancy.within(administrationId, async (manager) =>
      (await manager.find(AgencyEntity, { where: { administrationId }, order: { name: 'ASC', id: 'ASC' } })).map((each) =>
        this.toView(each),
      ),
    );
  }

  /**
   * Adds an agency. Its secret is in the answer, this once. Nothing is sent before its endpoint has proven itself. Throws
   * {@link InputError} for an address that is not called, 409 `not-registered` for consumers without a registration.
   */
  add(administrationId: string, agency: NewAgency): Promise<AgencyView & { readonly secret: string }> {
    const { url } = this.endpointOf(agency.url);
    mustBeRegistered(agency);
    const key = newKey();
    const id = randomUUID();
    const now = this.clock.now();
    return this.tenancy.within(administrationId, async (manager) => {
      const row: AgencyEntity = {
        administrationId,
        id,
        name: agency.name,
        kind: agency.kind,
        segments: [...agency.segments],
        registrations: [...agency.registrations],
        url,
        keys: this.rings.seal(rotated([], key, now, false), id),
        channel: 'webhook',
        channelSettings: {},
        payload: 'full',
        vocabulary: 'canonical',
        callbackKeys: null,
        state: 'unproven',
        stateBecause: null,
        createdAt: now,
      };
      await manager.insert(AgencyEntity, row as never);
      return { ...this.toView(row), secret: key.secret };
    });
  }

  /** Another address. It has to prove itself anew. Throws as {@link add} does, and 404. */
  async move(administrationId: string, id: string, address: string): Promise<void> {
    const { url } = this.endpointOf(address);
    await this.change(administrationId, id, { url, state: 'unproven', stateBecause: null });
  }

  /** Makes a new key. The old one signs beside it for a week, or, when it has leaked, no more at once. */
  rotate(administrationId: string, id: string, atOnce: boolean): Promise<{ readonly secret: string }> {
    return this.tenancy.within(administrationId, async (manager) => {
      const agency = await find(manager, administrationId, id);
      const key = newKey();
      const ring = rotated(this.rings.open(agency.keys, id), key, this.clock.now(), atOnce);
      await manager.update(AgencyEntity, { administrationId, id }, { keys: this.rings.seal(ring, id) });
      return { secret: key.secret };
    });
  }

  disable(administrationId: string, id: string, because: string): Promise<void> {
    return this.change(administrationId, id, { state: 'disabled', stateBecause: because });
  }

  /**
   * Sends `endpoint.test`, which carries nothing but a token, and looks whether the receiver answers with it. Then it is proven that the
   * endpoint is theirs and verifies signatures at all, and what waits may go. Also enables an endpoint that was disabled.
   */
  async prove(administrationId: string, id: string): Promise<Proof> {
    const agency = await this.tenancy.within(administrationId, (manager) => find(manager, administrationId, id));
    const challenge = randomBytes(18).toString('base64url');
    const now = this.clock.now();
    const body = unwrap(eventBody('endpoint.test', now, { challenge }));
    const event = { webhookId: `msg_${randomBytes(18).toString('base64url')}`, body };
    const { headers } = signed(event, this.rings.open(agency.keys, id), now);
    const sent = await this.client.post({ url: agency.url, headers: { 'content-type': 'application/json', ...headers }, body });
    const because = unproven(sent, challenge);
    await this.tenancy.within(administrationId, async (manager) => {
      // Only of the address that was called: it may have been changed meanwhile.
      // And only of an agency that takes webhooks: a mail address proves itself (channels/).
      const of = { administrationId, id, url: agency.url, channel: 'webhook' as const };
      if (because === null) await manager.update(AgencyEntity, of, { state: 'active', stateBecause: null });
      else await manager.update(AgencyEntity, of, { stateBecause: because });
    });
    return { proven: because === null, because };
  }

  private endpointOf(url: string): { readonly url: string } {
    const endpoint = parseEndpoint(url, this.policy);
    if (endpoint.ok) return endpoint.value;
    throw new InputError(endpoint.error.code, `url: ${endpoint.error.message}`);
  }

  private async change(administrationId: string, id: string, change: Partial<AgencyEntity>): Promise<void> {
    const { affected } = await this.tenancy.within(administrationId, (manager) =>
      manager.update(AgencyEntity, { administrationId, id }, change as never),
    );
    if (affected !== 1) throw unknownAgency(id);
  }

  private toView({ id, name, kind, segments, registrations, url, state, stateBecause, keys }: AgencyEntity): AgencyView {
    const inUse = keysInUse(this.rings.open(keys, id), this.clock.now()).map((key) => ({ id: key.id, until: key.until }));
    return { id, name, kind, segments, registrations, url, state, because: stateBecause, keys: inUse };
  }
}

const unknownAgency = (id: string): NotFoundException =>
  new NotFoundException({ code: 'unknown-agency', message: `This administration has no agency ${id}.` });

async function find(manager: EntityManager, administrationId: string, id: string): Promise<AgencyEntity> {
  const agency = await manager.findOneBy(AgencyEntity, { administrationId, id });
  if (!agency) throw unknownAgency(id);
  return agency;
}

/** Claims on consumers go to nobody of whom no registration is known (Wki art. 5; art. XIX.5 WER). */
function mustBeRegistered({ kind, segments, registrations }: NewAgency): void {
  if (kind !== 'agency' || !segments.includes('B2C') || registrations.length > 0) return;
  throw new ConflictException({ code: 'not-registered', message: 'An agency for consumers needs its registration (NL or BE).' });
}

/** Why an answer to a test event proves nothing; null when it proves the endpoint. */
function unproven(sent: Delivered, challenge: string): string | null {
  if (sent.kind === 'refused') return sent.failure.message;
  const { outcome } = sent;
  if (outcome.kind === 'no-answer') return outcome.reason;
  if (outcome.status < 200 || outcome.status > 299) return `answered with ${outcome.status}`;
  return outcome.body.includes(challenge) ? null : 'the answer does not carry the token of the test event';
}
