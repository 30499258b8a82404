import type { Attachment } from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import { guid } from './rules/odata.js';
import { guidOf, textOf } from './rules/record.js';
import { parseItemRef } from './rules/refs.js';

/** The PDF that is kept with the document of a sales entry (§5.1); null where the entry has no document, or the document no PDF. */
export async function invoiceCopy(api: DivisionApi, itemRef: string): Promise<Attachment | null> {
  const item = parseItemRef(itemRef);
  if (item?.kind !== 'entry') return null;
  const document = guidOf((await api.get('salesentry/SalesEntries', item.id, ['EntryID', 'Document']))?.['Document']);
  if (document === null) return null;
  const $select = 'ID,FileName,Url,Document';
  const files = await api.list('documents/DocumentAttachments', { $filter: `Document eq ${guid(document)}`, $select });
  for (const file of files) {
    const [fileName, url] = [textOf(file['FileName']), textOf(file['Url'])];
    if (fileName === null || url === null || !/\.pdf$/i.test(fileName)) continue;
    return { fileName, base64: (await api.download(url)).toString('base64') };
  }
  return null;
}
