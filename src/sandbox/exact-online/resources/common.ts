import type { DivisionBooks } from '../books.js';
import type { Row } from '../table.js';
import { toWall } from '../rules/wall-clock.js';
import { type Field, dateTime, guid, int32, text } from './resource.js';

/** Name of the only user of a division: the one who gave the consent. */
export const USER_NAME = 'Koppeling Kredietbewaking';

/** Who made and changed it, and when. */
export function tracked<R extends Row>(books: DivisionBooks): Record<string, Field<R>> {
  return {
    Created: dateTime((row) => toWall(row.createdAt)),
    Creator: guid(() => books.userId),
    CreatorFullName: text(() => USER_NAME),
    Division: int32(() => books.code),
    Modified: dateTime((row) => toWall(row.modifiedAt)),
    Modifier: guid(() => books.userId),
    ModifierFullName: text(() => USER_NAME),
  };
}
