import { ValidateBy } from 'class-validator';
import { parsePlainDate } from '../../kernel/plain-date.js';

/** A day that exists, written YYYY-MM-DD. */
export const IsPlainDate = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPlainDate',
    validator: {
      validate: (value) => typeof value === 'string' && parsePlainDate(value).ok,
      defaultMessage: (where) => `${where?.property} must be a date of the form YYYY-MM-DD`,
    },
  });
