import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Law } from '../law/rules/law.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { type PolicyText, type PolicyWithText, policyFromText } from './policy-files.js';
import { PolicyVersionEntity } from './policy-version.entity.js';
import type { Policy } from './rules/policy.js';

/** The policies an administration's acts were decided with; all methods run inside a unit of work of it. */
export class PolicyVersionRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Keeps the texts, once, and gives their digest. */
  async keep({ policy, text }: PolicyWithText, now: Date): Promise<string> {
    const digest = digestOf(text);
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(PolicyVersionEntity)
      .values({
        administrationId: this.administrationId,
        digest,
        name: policy.name,
        version: String(policy.version),
        files: text as never,
        firstUsedAt: now,
      })
      .orIgnore()
      .execute();
    return digest;
  }

  /** The policy as it was; null when it was not kept. Costs are checked against the legal tables of `on`. */
  async find(digest: string, law: Law, on: PlainDate): Promise<Policy | null> {
    const kept = await this.manager.findOneBy(PolicyVersionEntity, { administrationId: this.administrationId, digest });
    return kept && policyFromText(kept.files, law, on);
  }
}

/** The order of the files must not matter; what they say does. */
const digestOf = ({ main, files }: PolicyText): string =>
  createHash('sha256')
    .update(JSON.stringify([main, Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex');
