import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Law } from '../law/rules/law.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { type PolicyText, type PolicyWithText, policyFromText } from './policy-files.js';
import { PolicyVersionEntity } from './policy-version.entity.js';

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

  /** The policy as it was, with the texts that were kept; null when it was not. Costs are checked against the legal tables of `on`. */
  async find(digest: string, law: Law, on: PlainDate): Promise<PolicyWithText | null> {
    const kept = await this.manager.findOneBy(PolicyVersionEntity, { administrationId: this.administrationId, digest });
    return kept && { policy: policyFromText(kept.files, law, on), text: kept.files };
  }
}

/** The order of the files must not matter; what they say does. */
const digestOf = ({ main, files, tables = {} }: PolicyText): string =>
  createHash('sha256')
    .update(JSON.stringify([main, inOrder(files), inOrder(tables)]))
    .digest('hex');

const inOrder = (texts: Readonly<Record<string, string>>): [string, string][] => Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
