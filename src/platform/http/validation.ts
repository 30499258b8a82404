import { BadRequestException, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

/** Every mistake with the path of its field, `lines.0.gross`. */
export const mistakesIn = (errors: ValidationError[], path = ''): { field: string; message: string }[] =>
  errors.flatMap(({ property, constraints, children }) => {
    const field = path === '' ? property : `${path}.${property}`;
    return [...Object.values(constraints ?? {}).map((message) => ({ field, message })), ...mistakesIn(children ?? [], field)];
  });

/** class-validator at the edge: unknown fields are refused by name, and every mistake is told at once. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => {
      const mistakes = mistakesIn(errors);
      return new BadRequestException({
        code: 'invalid-request',
        message: mistakes.map(({ message }) => message).join('; '),
        errors: mistakes,
      });
    },
  });
