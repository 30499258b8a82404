/**
 * A Dutch VAT number of a company that does not exist, made from six digits: the nine digits before the B pass the eleven test of the tax
 * office (9a + 8b + … + 2h − i is a multiple of 11), as those of every company do. They begin with 000, which none was given.
 */
export function fictitiousVatNumber(six: string): string {
  for (let step = 0; ; step++) {
    // Where the check digit would be ten, the digit before it is another one.
    const eight = `000${six.slice(0, 4)}${(Number(six[4]) + step) % 10}`;
    const check = [...eight].reduce((total, digit, at) => total + Number(digit) * (9 - at), 0) % 11;
    if (check < 10 && Number(eight) > 0) return `NL${eight}${check}B01`;
  }
}
