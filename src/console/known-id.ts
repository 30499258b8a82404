import { NotFoundException } from '@nestjs/common';
import { isUuid } from '../platform/database/ids.js';

/** An id out of an address. Throws 404 for what cannot be one. */
export function known(id: string): string {
  if (!isUuid(id)) throw new NotFoundException();
  return id;
}
