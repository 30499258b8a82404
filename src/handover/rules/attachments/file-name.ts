/** What an agency's computer may take for something other than a letter in a name: Windows keeps these for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** Control characters, and those that turn the direction of what follows or are not seen at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
/** What a path or a shell reads as something else. */
const FORBIDDEN = /[<>:"|?*%$`;&']+/g;
const LENGTH_MAX = 80;

/**
 * A file name any system takes, from one that somebody gave: no folders, no unseen characters, nothing a shell reads, at most 80
 * characters, and the ending of what the file is, not of what it says to be: `../../x\u202Efdp.exe` of a PDF: `xfdp.pdf`.
 */
export function cleanFileName(given: string, ending: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const seen = last.normalize('NFC').toWellFormed().replace(UNSEEN, '').replace(FORBIDDEN, '-').replace(/\s+/g, ' ');
  const stem = seen.replace(/\.[\p{L}\p{N}]{1,8}$/u, '').replace(/^[\s.-]+|[\s.]+$/g, '');
  const name = [...stem].slice(0, LENGTH_MAX).join('').trim() || 'document';
  return `${DEVICES.test(name.split('.')[0] ?? '') ? '_' : ''}${name}.${ending}`;
}

/** The header that has a browser keep a file under its name instead of showing it (RFC 6266): plain letters, and the whole name in UTF-8. */
export function dispositionOf(fileName: string): string {
  const plain = fileName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
