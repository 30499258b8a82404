import type { FastifyReply } from 'fastify';
import type { ReportFile } from './management.service.js';

export const FORMATS = { pdf: 'pdf', csv: 'csv' } as const;

/** Answers with a report to be saved; it is somebody's ledger, so nothing on the way keeps it. */
export function sendFile(reply: FastifyReply, { name, mediaType, content }: ReportFile): void {
  void reply
    .header('content-type', mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(content);
}
