import type { Upload } from './notes.js';

/** The field `file` of a multipart body; null when there is none. */
export async function multipartFile(body: Buffer, contentType: string): Promise<Upload | null> {
  if (!contentType.startsWith('multipart/form-data')) return null;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const file = form.get('file');
    if (file === null || typeof file === 'string') return null;
    const content = new Uint8Array(await file.arrayBuffer());
    return { filename: file.name, contentType: file.type || 'application/octet-stream', content };
  } catch {
    return null;
  }
}
