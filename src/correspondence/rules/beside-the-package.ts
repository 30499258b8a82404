/** Pauses are written in the same hour, and a package may limit how many. */
const LOOK_AGAIN_MINUTES = 10;

/**
 * Whether a message has to wait because the package itself still reminds of one of its invoices: the customer would hear from both. Null: it
 * may go. `stillReminded`: numbers by id.
 */
export function besideThePackage(
  { invoiceIds }: { readonly invoiceIds: readonly string[] },
  stillReminded: ReadonlyMap<string, string>,
): { readonly to: 'wait'; readonly because: string; readonly minutes: number } | null {
  const numbers = invoiceIds.flatMap((id) => stillReminded.get(id) ?? []);
  if (numbers.length === 0) return null;
  return { to: 'wait', because: `the package itself still reminds of ${numbers.join(', ')}`, minutes: LOOK_AGAIN_MINUTES };
}
