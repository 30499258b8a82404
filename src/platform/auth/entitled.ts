import { ForbiddenException } from '@nestjs/common';
import type { Result } from '../../kernel/result.js';

/** Lets on what a rule of authority allows; else the request is refused (403) with the rule's code and reason. */
export function entitled(result: Result<null>): void {
  if (!result.ok) throw new ForbiddenException(result.error);
}
