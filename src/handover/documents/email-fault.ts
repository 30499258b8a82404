import PostalMime from 'postal-mime';
import { type Failure } from '../../kernel/result.js';
import { fileTypeOf } from '../rules/attachments/file-type.js';

/** Parts an e-mail may have; more is made to be slow. */
const PARTS_MAX = 50;
/** E-mails inside e-mails that are looked into. */
const DEPTH_MAX = 3;

/** Why an e-mail is not taken, null: it is. What it carries must be of the kinds that are taken too. */
export async function emailFault(bytes: Uint8Array, depth = 0): Promise<Failure | null> {
  if (depth > DEPTH_MAX) return { code: 'file-refused', message: 'there are e-mails in e-mails in it, too deep to look into' };
  const { attachments } = await PostalMime.parse(bytes, { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' });
  if (attachments.length > PARTS_MAX) return { code: 'file-refused', message: `the e-mail carries more than ${PARTS_MAX} files` };
  for (const { filename, content } of attachments) {
    const part = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    const name = filename ?? '';
    const type = fileTypeOf(part, name);
    const fault = !type.ok ? type.error : type.value.ending === 'eml' ? await emailFault(part, depth + 1) : null;
    if (fault) return { code: fault.code, message: `what the e-mail carries (${name.slice(0, 80) || 'without a name'}): ${fault.message}` };
  }
  return null;
}
