import { type Result, err, ok } from '../../../kernel/result.js';
import type { FileType } from './file-type.js';

const TEXT: FileType = { mediaType: 'text/plain', ending: 'txt' };
const CSV: FileType = { mediaType: 'text/csv', ending: 'csv' };
const EMAIL: FileType = { mediaType: 'message/rfc822', ending: 'eml' };

const UNKNOWN = { code: 'file-unknown', message: 'it is none of the kinds that are taken: PDF, JPEG, PNG, GIF, CSV, text, e-mail (.eml)' };
const strict = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/** A file of text: an e-mail by its headers, a CSV by its name, else plain text. Refuses what is no text, and text that is a program. */
export function textTypeOf(bytes: Uint8Array, name: string): Result<FileType> {
  if (hasControls(bytes)) return err(UNKNOWN);
  const text = decoded(bytes).replace(/^\ufeff/, '');
  if (/^\s*<[!?a-z/]/i.test(text)) return refuse('it is marked-up text (HTML, SVG or XML), which can hold scripts; print it to PDF');
  if (isEmail(text)) return ok(EMAIL);
  if (!/\.csv$/i.test(name)) return ok(TEXT);
  const line = formulaLine(text);
  return line === null ? ok(CSV) : refuse(`line ${line} has a formula; save the values only`);
}

const refuse = (message: string) => err({ code: 'file-refused', message });

/** NUL and the like are in no text; tab, line ends and form feed are. */
const hasControls = (bytes: Uint8Array): boolean =>
  bytes.some((byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13);

function decoded(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return western.decode(bytes);
  }
}

/** It begins with header lines, among them who wrote it and when (RFC 5322 §3.6: the two that must be there). */
function isEmail(text: string): boolean {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const lines = head.split(/\r?\n/);
  const headers = lines.every((line) => /^[\x21-\x39\x3b-\x7e]+:/.test(line) || /^[ \t]/.test(line));
  return headers && lines.some((line) => /^from:/i.test(line)) && lines.some((line) => /^date:/i.test(line));
}

/** The number of the first line with a cell a spreadsheet would run; figures and phone numbers with a sign are none. Null: none. */
function formulaLine(text: string): number | null {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) =>
    line.split(/[;,\t]/).some((cell) => /^["'\s]*(=|@|[+-](?![\d\s.,()/-]*["']?\s*$))/.test(cell) && !/^["'\s]*[+-]?["'\s]*$/.test(cell)),
  );
  return at < 0 ? null : at + 1;
}
