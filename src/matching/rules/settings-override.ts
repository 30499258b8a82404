import { type Result, err, ok } from '../../kernel/result.js';
import type { MatchSettings } from './settings.js';

/** What an administration may set of its matching. */
export const SETTABLE = [
  'bookFrom',
  'proposeFrom',
  'discounts',
  'bankChargesMax',
  'roundingMax',
  'confirmationsForIban',
  'alternativesMax',
] as const satisfies readonly (keyof MatchSettings)[];

export type SettingsOverride = { readonly [Key in (typeof SETTABLE)[number]]?: MatchSettings[Key] };

/** The defaults with what an administration set. Refuses (`invalid-settings`) what would book below what it proposes. */
export function withOverride(defaults: MatchSettings, override: SettingsOverride): Result<MatchSettings> {
  const settings = { ...defaults, ...override };
  if (settings.bookFrom <= settings.proposeFrom) {
    return err({
      code: 'invalid-settings',
      message: `bookFrom (${settings.bookFrom}) must be above proposeFrom (${settings.proposeFrom})`,
    });
  }
  return ok(settings);
}
