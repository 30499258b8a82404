import { ValidateIf } from 'class-validator';

/** The other checks of a property hold for a value; null is one too (it takes back what was said), and absent is none. */
export const IsGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);
