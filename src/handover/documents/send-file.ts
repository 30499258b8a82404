import type { FastifyReply } from 'fastify';
import { dispositionOf } from '../rules/attachments/file-name.js';
import type { ReadDocument } from './documents.service.js';

/** What makes a browser keep what it gets: never shown, never guessed at, never kept by something in between. */
export const fileHeaders = (fileName: string, mediaType: string): Readonly<Record<string, string>> => ({
  'content-type': mediaType,
  'content-disposition': dispositionOf(fileName),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
});

/** Answers with a document. Its SHA-256 goes along, for whoever compares it with the dossier. */
export function sendFile(reply: FastifyReply, { fileName, mediaType, sha256, content }: ReadDocument): void {
  void reply
    .headers({ ...fileHeaders(fileName, mediaType), 'content-length': String(content.length), 'x-content-sha256': sha256 })
    .send(content);
}
