/** Where in an input the trouble is. Lines and columns count from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Input that cannot be used. The command line prints it as `{"error":{code,message,file,line?,column?}}` and exits with 2,
 * HTTP answers 400 or 422 with it as problem+json. Nothing of the input has been stored when it is thrown.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly code: string,
    message: string,
    readonly place: Place = {},
  ) {
    super(message);
  }
}
