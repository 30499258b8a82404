import type { EntityManager } from 'typeorm';
import { HandoverSettingsEntity } from './handover.entity.js';
import { DEFAULT_SETTINGS, type HandoverSettings } from './rules/case/settings.js';

/** What an administration says about its handovers; what it never said is the gentlest and safest. Inside a unit of work of it. */
export async function handoverSettings(manager: EntityManager, administrationId: string): Promise<HandoverSettings> {
  const row = await manager.findOneBy(HandoverSettingsEntity, { administrationId });
  return { ...DEFAULT_SETTINGS, ...row?.settings };
}

/** Keeps what it says from now on, whole. */
export async function keepHandoverSettings(
  manager: EntityManager,
  administrationId: string,
  settings: Partial<HandoverSettings>,
): Promise<HandoverSettings> {
  await manager.upsert(HandoverSettingsEntity, { administrationId, settings } as never, ['administrationId']);
  return handoverSettings(manager, administrationId);
}
