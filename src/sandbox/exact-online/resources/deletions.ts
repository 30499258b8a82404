import { addDays } from '../../../kernel/plain-date.js';
import type { DivisionBooks } from '../books.js';
import type { DeletedRow } from '../records.js';
import { toWall } from '../rules/wall-clock.js';
import { type Resource, dateTime, guid, int32, syncOf } from './resource.js';

/** Lines of the deletion log are kept for two months. */
const KEPT_DAYS = 61;

export function deletedResource(books: DivisionBooks, now: () => Date): Resource<DeletedRow> {
  const isKept = ({ createdAt }: DeletedRow): boolean => books.day(createdAt) >= addDays(books.day(now()), -KEPT_DAYS);
  return syncOf(
    {
      path: 'sync/Deleted',
      type: 'Sync.Deleted',
      scope: 'organization.administration',
      fields: {
        DeletedBy: guid(() => books.userId),
        DeletedDate: dateTime(({ createdAt }) => toWall(createdAt)),
        Division: int32(() => books.code),
        EntityKey: guid(({ entityKey }) => entityKey),
        EntityType: int32(({ entityType }) => entityType),
        ID: guid(({ id }) => id),
      },
    },
    () => books.deletions.inTimestampOrder().filter(isKept),
  );
}
