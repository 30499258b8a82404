import { printable } from './printable.js';

/** A file name any system takes, from the subject of a letter: `herinnering-factuur-26700123.pdf`. */
export function letterFileName(subject: string): string {
  const plain = printable(subject).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return `${name.slice(0, 80) || 'letter'}.pdf`;
}
