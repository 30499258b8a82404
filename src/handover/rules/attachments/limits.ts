/** As much as one file may have (agency-handover.md §11), and as the table takes. */
export const FILE_BYTES_MAX = 25 * 1024 ** 2;
/** As much as all files of a debtor may have together, so that no case has more. */
export const CASE_BYTES_MAX = 100 * 1024 ** 2;
