import { fromMicro, parseMicro, sunToTrx } from '../format/decimal.ts';
import type { Resource, StakeFactsFragment } from '../graphql/generated/graphql.ts';
import type { Messages } from '../messages/zh/zh.ts';
import type { Command } from './commanding.svelte.ts';

const micro = (text: string): bigint => parseMicro(text) ?? 0n;

/** Why a command would be refused, as far as the last look at the chain tells. */
export function whyBlocked(
  command: Command,
  facts: StakeFactsFragment,
  words: Messages['staking']['blocked'],
): string | undefined {
  const waiting = facts.unstaking.length > 0;
  const set = facts.wallet.permissions?.set;
  if (set?.verdict === 'CONFINED') return words.confined;
  if (command === 'cancelUnstaking' && !waiting) return words.nothingUnstaking;
  if (command === 'withdraw' && micro(facts.withdrawable) === 0n) return words.nothingMatured;
  if (command === 'vote' && BigInt(facts.votingPower) === 0n) return words.noPower;
  if (command === 'claim' && micro(facts.rewards) === 0n) return words.noRewards;
  if (command === 'claim' && facts.nextClaimAt !== null) return words.claimLater;
  return undefined;
}

/** The most TRX that an amount of a command can be, as a decimal; the desk may keep some for fees. */
export function mostOf(
  command: 'stake' | 'unstake' | 'transfer',
  resource: Resource,
  { wallet, bandwidthStake }: StakeFactsFragment,
): string {
  if (command !== 'unstake') return wallet.balance;
  if (resource === 'BANDWIDTH') return bandwidthStake;
  const { free, keptBack } = wallet.capacity;
  return sunToTrx((BigInt(free) + BigInt(keptBack)).toString());
}

export type AmountFault = 'amountBad' | 'amountSmall' | 'amountOver';

/** What is wrong with an amount of TRX; undefined when nothing is. */
export function amountFault(
  command: 'stake' | 'unstake' | 'transfer',
  amount: string,
  most: string,
): AmountFault | undefined {
  const value = parseMicro(amount);
  if (value === undefined || value <= 0n) return 'amountBad';
  if (command === 'stake' && value < 1_000_000n) return 'amountSmall';
  return value > micro(most) ? 'amountOver' : undefined;
}

/** What is left of `whole` after `amount`, never below zero. */
export function leftOf(whole: string, amount: string): string {
  const left = micro(whole) - micro(amount);
  return fromMicro(left > 0n ? left : 0n);
}

/** Energy a day that TRX of stake yield at a ratio with any number of places; rounded down. */
export function energyOf(trx: string, energyPerTrx: string): string {
  const [whole = '0', fraction = ''] = energyPerTrx.split('.');
  const scale = 10n ** BigInt(fraction.length);
  const ratio = BigInt(`${whole}${fraction}`);
  return ((micro(trx) * ratio) / (1_000_000n * scale)).toString();
}

/** TRX that are being unstaked and have not matured, and those that have. */
export function unstakingSums({ unstaking, withdrawable }: StakeFactsFragment): {
  waiting: string;
  matured: string;
} {
  const waiting = unstaking
    .filter(({ matured }) => !matured)
    .reduce((sum, { amount }) => sum + micro(amount), 0n);
  return { waiting: fromMicro(waiting), matured: withdrawable };
}

/** Votes that are cast now, whole, as a decimal string. */
export function castVotes({ votes }: Pick<StakeFactsFragment, 'votes'>): string {
  return votes.reduce((sum, { count }) => sum + BigInt(count), 0n).toString();
}

/** Votes as they are being typed: witness → digits. */
export type Ballot = Record<string, string>;

/** Reads a ballot: only whole counts above zero count. */
export function readBallot(ballot: Ballot): { witness: string; count: number }[] {
  return Object.entries(ballot)
    .map(([witness, text]) => ({ witness, count: /^\d{1,12}$/.test(text) ? Number(text) : 0 }))
    .filter(({ count }) => count > 0);
}

export type BallotFault = 'votesNone' | 'votesMany' | 'votesOver';

/** What is wrong with votes for a wallet's voting power; undefined when nothing is. */
export function ballotFault(
  votes: readonly { count: number }[],
  power: number,
): BallotFault | undefined {
  if (votes.length === 0) return 'votesNone';
  if (votes.length > 30) return 'votesMany';
  return votes.reduce((sum, { count }) => sum + count, 0) > power ? 'votesOver' : undefined;
}
