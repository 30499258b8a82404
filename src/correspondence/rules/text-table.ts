/** A column of a plain-text table. */
export interface TextColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** A row, and a remark that stands indented below it. */
export interface TextRow {
  readonly cells: readonly string[];
  readonly note?: string | null;
}

export interface TextTable {
  readonly columns: readonly TextColumn[];
  readonly rows: readonly TextRow[];
}

const widthOf = (text: string): number => [...text].length;
const pad = (text: string, width: number, align: 'left' | 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
};

/** Columns aligned with blanks, two between them, a rule under the headings; no trailing blanks. Empty headings: no head. */
export function textTable(columns: readonly TextColumn[], rows: readonly TextRow[]): string {
  const widths = columns.map(({ heading }, at) => Math.max(widthOf(heading), ...rows.map(({ cells }) => widthOf(cells[at] ?? ''))));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, at) => pad(cells[at] ?? '', widths[at] ?? 0, align))
      .join('  ')
      .trimEnd();
  const head = columns.some(({ heading }) => heading !== '')
    ? [line(columns.map(({ heading }) => heading)), line(widths.map((width) => '-'.repeat(width)))]
    : [];
  const body = rows.flatMap(({ cells, note }) => (note ? [line(cells), `  ${note}`] : [line(cells)]));
  return [...head, ...body].join('\n');
}

/** Fills a paragraph to lines of at most `width` characters; breaks at ordinary blanks only, never inside a word or an amount. */
export function fill(paragraph: string, width = 72): string {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/[ \n]+/).filter((part) => part !== '')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines.join('\n');
}
