/**
 * Widths of the columns of a table that has `width` for them. Those that want the most give way first, all of them down to the same
 * width, so that a single long word does not push figures together. What is left over goes to the first column, unless it is `snug`.
 */
export function columnWidths(wanted: readonly number[], width: number, snug: boolean): number[] {
  let most = Infinity;
  let open = [...wanted];
  let left = width;
  // Columns that want less than an equal share get all they want; the others share the rest.
  for (;;) {
    const share = left / open.length;
    const content = open.filter((want) => want <= share);
    if (content.length === open.length) break;
    if (content.length === 0) {
      most = share;
      break;
    }
    left -= content.reduce((sum, want) => sum + want, 0);
    open = open.filter((want) => want > share);
  }
  const widths = wanted.map((want) => Math.min(want, most));
  const rest = width - widths.reduce((sum, each) => sum + each, 0);
  return snug ? widths : widths.map((each, at) => (at === 0 ? each + rest : each));
}
