import { type Result, err, ok } from '../../kernel/result.js';

/**
 * An amount as people type it ("€ 1.250,00", "1,250.00", "5000,5") as a decimal ("1250.00"); what is none of these is left for whoever reads
 * it to refuse. Refuses `ambiguous-amount`: in "1.250" the point divides thousands for one and decimals for another, and a limit of 1.25 in
 * place of 1,250 stops a customer.
 */
export function typedAmount(text: string): Result<string> {
  const bare = text.replace(/[\s\u00a0€']/g, '');
  const marks = bare.match(/[.,]/g) ?? [];
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (marks.length === 0) return ok(bare);
  if (marks.length === 1 && bare.length - last === 4)
    return err({ code: 'ambiguous-amount', message: `"${text}" can be read in two ways; write it with its decimals` });
  const dividesThousands = marks.length > 1 && new Set(marks).size === 1;
  if (dividesThousands) return ok(bare.replace(/[.,]/g, ''));
  return ok(`${bare.slice(0, last).replace(/[.,]/g, '')}.${bare.slice(last + 1)}`);
}
