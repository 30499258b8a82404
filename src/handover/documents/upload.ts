import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { InputError } from '../../kernel/errors.js';
import { FILE_BYTES_MAX } from '../rules/attachments/limits.js';

/** What a form with one file brought. */
export interface UploadedFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Fields beside the file, as text. */
  readonly fields: Readonly<Record<string, string>>;
}

const LIMITS = { files: 1, fileSize: FILE_BYTES_MAX, fields: 5, fieldSize: 500, parts: 6 };

/** The one file of a multipart form and its fields, in whichever order. Throws {@link InputError} `no-file` and `too-large`. */
export async function oneUpload(request: FastifyRequest): Promise<UploadedFile> {
  if (!request.isMultipart()) throw new InputError('no-file', 'send the document as multipart/form-data');
  let found: { readonly fileName: string; readonly bytes: Buffer } | null = null;
  const fields: Record<string, string> = {};
  for await (const part of request.parts({ limits: LIMITS })) {
    if (part.type !== 'file') fields[part.fieldname] = String(part.value);
    // A form sent with no file chosen carries one without a name.
    else if (part.filename) found = { fileName: part.filename, bytes: await whole(part) };
    else part.file.resume();
  }
  if (!found) throw new InputError('no-file', 'the request holds no file');
  return { ...found, fields };
}

async function whole({ filename, file }: MultipartFile): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file) pieces.push(piece as Uint8Array);
  if (file.truncated) throw new InputError('too-large', `${filename} has more than ${FILE_BYTES_MAX / 1024 ** 2} MB`, { file: filename });
  return Buffer.concat(pieces);
}
