import { existsSync } from 'node:fs';
import { ValidateBy } from 'class-validator';
import { configPath } from '../config/config-files.js';

const isPolicyName = (value: unknown): boolean =>
  typeof value === 'string' && /^[\w-]{1,60}$/.test(value) && existsSync(configPath(`policies/${value}.yml`));

/** The name of a policy that is there. Whether it can be used was checked at start, when all of them were read. */
export const IsPolicyName = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPolicyName',
    validator: {
      validate: isPolicyName,
      defaultMessage: (where) => `${where?.property} names no policy of config/policies`,
    },
  });
