import { fromMicro, parseMicro } from '../format/decimal.ts';
import type { TermsFragment } from '../graphql/generated/graphql.ts';

type Limits = Pick<TermsFragment, 'minimum' | 'maximum' | 'fee'>;

/** What is wrong with an amount as typed, with the limit that it breaks; undefined when nothing is known. */
export function amountFault(
  typed: string,
  terms: Limits | undefined,
  available: string | undefined,
): { kind: 'bad' } | { kind: 'below' | 'above' | 'short' | 'fee'; limit: string } | undefined {
  const amount = parseMicro(typed);
  if (amount === undefined || amount <= 0n) return { kind: 'bad' };
  const than = (limit: string | undefined): bigint => parseMicro(limit ?? '') ?? amount;
  if (terms !== undefined && amount < than(terms.minimum)) {
    return { kind: 'below', limit: terms.minimum };
  }
  if (terms !== undefined && amount > than(terms.maximum)) {
    return { kind: 'above', limit: terms.maximum };
  }
  if (terms !== undefined && amount <= (parseMicro(terms.fee) ?? 0n)) {
    return { kind: 'fee', limit: terms.fee };
  }
  if (available !== undefined && amount > than(available)) {
    return { kind: 'short', limit: available };
  }
  return undefined;
}

/** What arrives of an amount after a fee; undefined when nothing would. */
export function arrives(typed: string, fee: string): string | undefined {
  const amount = parseMicro(typed);
  const rest = amount === undefined ? 0n : amount - (parseMicro(fee) ?? 0n);
  return rest > 0n ? fromMicro(rest) : undefined;
}
