import { fromMicro, parseMicro } from '../format/decimal.ts';
import type { FoundUser } from '../users/find-users.svelte.ts';

/** One share as it is being typed. */
export type Share = { user: FoundUser | undefined; amount: string };

/** An amount above zero of at most six decimals. */
export function isShareAmount(text: string): boolean {
  const micro = parseMicro(text);
  return micro !== undefined && micro > 0n;
}

/** What of a whole is not given out yet, as a decimal; negative when too much is. */
export function leftOf(whole: string, shares: readonly Pick<Share, 'amount'>[]): string {
  const given = shares
    .filter(({ amount }) => isShareAmount(amount))
    .reduce((sum, { amount }) => sum + (parseMicro(amount) ?? 0n), 0n);
  return fromMicro((parseMicro(whole) ?? 0n) - given);
}

/** The places, from 0, of shares whose user has another share before. */
export function repeatedUsers(shares: readonly Pick<Share, 'user'>[]): number[] {
  const ids = shares.map(({ user }) => user?.id);
  return ids.flatMap((id, place) => (id !== undefined && ids.indexOf(id) < place ? [place] : []));
}
