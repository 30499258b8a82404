import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { InputError } from '../kernel/errors.js';
import { errorJson } from '../platform/cli/command.js';
import type { ImportedFile } from './statement-import.service.js';
import type { Bytes } from './unpack.js';

/** What became of one of the files; each is taken whole or not at all. */
export type FileResult = ImportedFile | { readonly file: string; readonly error: Omit<ReturnType<typeof errorJson>, 'file'> };

type Take = (file: string, bytes: Bytes) => Promise<ImportedFile>;

/** Gives each file of an upload to `take`, one after the other, and says what became of each. A form field without a file is passed over. */
export async function eachUpload(request: FastifyRequest, take: Take): Promise<FileResult[]> {
  const files: FileResult[] = [];
  for await (const { filename, file } of request.files()) {
    // A form sent with no file chosen carries one without a name.
    if (!filename) {
      file.resume();
      continue;
    }
    try {
      files.push(await take(filename, whole(filename, file)));
    } catch (cause) {
      file.resume();
      if (!(cause instanceof InputError)) throw cause;
      const { file: _, ...error } = errorJson(cause);
      files.push({ file: filename, error });
    }
  }
  return files;
}

/** As {@link eachUpload} for the API. Throws {@link InputError} `no-file` without any, and what `take` throws for the only file. */
export async function importUploads(request: FastifyRequest, take: Take): Promise<{ files: FileResult[] }> {
  if (!request.isMultipart()) throw new InputError('no-file', 'send the statements as multipart/form-data');
  const files = await eachUpload(request, take);
  if (files.length === 0) throw new InputError('no-file', 'the request holds no file');
  const [only] = files;
  if (files.length === 1 && only && 'error' in only) {
    const { code, message, ...place } = only.error;
    throw new InputError(code, message, { ...place, file: only.file });
  }
  return { files };
}

/** The bytes of an uploaded file; one that was cut off at the limit is refused at its end, before anything was done with it. */
async function* whole(name: string, file: AsyncIterable<Uint8Array> & { readonly truncated: boolean }): AsyncGenerator<Uint8Array> {
  yield* file;
  if (file.truncated) throw new InputError('too-large', `${name} is larger than what may be uploaded`);
}
