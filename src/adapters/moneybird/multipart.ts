import { createHash } from 'node:crypto';

export interface Upload {
  /** Without quotes and line breaks: it goes into a header. */
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** A form of one file, in the field `file`, with the type that goes with its bytes. */
export function formWith({ fileName, content }: Upload): { readonly contentType: string; readonly body: Uint8Array } {
  // Of the content, so that the same upload is the same request; it cannot stand in a file that has that hash.
  const boundary = `tegoed-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
  const type = /\.pdf$/i.test(fileName) ? 'application/pdf' : 'application/octet-stream';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: ${type}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
