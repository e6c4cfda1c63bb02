import { unreachable } from '../kernel/assert.ts';
import { BadInput, IllegalState } from '../kernel/domain-error.ts';
import { UNIT } from '../kernel/money.ts';
import type { OperationKind } from '../operations/operation-states.ts';
import type { Address } from '../chain/address.ts';
import type { ChainEffect, Resource, Vote } from '../chain/transaction.ts';
import type { Unfreezing } from '../wallets/wallet-stakes.ts';
import { StakeNotFree, WalletBalanceTooLow } from './staking.errors.ts';

/** An effect without its owner, of a kind that no order asks for. */
export type WalletEffect = WithoutOwner<
  Exclude<ChainEffect, { readonly kind: 'delegate' | 'undelegate' | 'tokenTransfer' }>
>;
type WithoutOwner<Effect> = Effect extends ChainEffect ? Omit<Effect, 'owner'> : never;

/** A wallet as last observed, with what is under way; read while its row is locked. */
export interface WalletFacts {
  readonly address: Address;
  readonly balance: bigint;
  /** Sun that operations not yet seen in the observation will take from the balance. */
  readonly spending: bigint;
  readonly feeReserve: bigint;
  /** Energy stake that can be delegated and is promised to nobody. */
  readonly freeEnergyStake: bigint;
  /** Bandwidth stake that is not delegated and that nobody unstakes already. */
  readonly freeBandwidthStake: bigint;
  readonly unfreezing: readonly Unfreezing[];
  /** How many operations of a kind are not yet seen in the observation. */
  readonly underWay: ReadonlyMap<OperationKind, number>;
  /** Whole TRX. */
  readonly votingPower: bigint;
  readonly rewards: bigint;
  readonly lastClaimAt: Date | null;
  /** Of the last solid block. */
  readonly chainTime: Date;
  /** The pool's wallets and the treasury's addresses. */
  readonly payable: ReadonlySet<string>;
}

/** AccountPermissionUpdate costs this (tron-facts 3.3); the chain takes it from the balance. */
export const PERMISSION_FEE_SUN = 100n * UNIT;

/** tron-facts 5 and 1.2: limits of Stake 2.0, votes and permissions. */
const MOST_UNFREEZINGS = 32;
const MOST_VOTES = 30;
const MOST_ACTIVE_PERMISSIONS = 8;
const CLAIM_PAUSE_MS = 86_400_000;

/**
 * Whether the chain can be expected to take this effect, and nothing that is promised suffers by it.
 * @throws BadInput, IllegalState, WalletBalanceTooLow, StakeNotFree, each naming the field and the remedy
 */
export function checkWalletOperation(effect: WalletEffect, facts: WalletFacts): void {
  switch (effect.kind) {
    case 'freeze':
      requireWholeTrx(effect.amountSun);
      requireBalance(effect.amountSun, facts);
      return;
    case 'unfreeze':
      checkUnfreeze(effect.amountSun, effect.resource, facts);
      return;
    case 'cancelUnfreeze':
      requireAlone('CANCEL_UNFREEZE', facts);
      if (facts.unfreezing.length === 0) {
        throw refused('Nothing of this wallet is being unstaked, so there is nothing to cancel.');
      }
      return;
    case 'withdrawExpired':
      requireAlone('WITHDRAW_EXPIRED', facts);
      checkWithdrawal(facts);
      return;
    case 'claimRewards':
      requireAlone('CLAIM_REWARDS', facts);
      checkClaim(facts);
      return;
    case 'vote':
      requireAlone('VOTE', facts);
      checkVotes(effect.votes, facts);
      return;
    case 'transfer':
      checkTransfer(effect.to, effect.amountSun, facts);
      return;
    case 'setPermissions':
      requireAlone('SET_PERMISSIONS', facts);
      if (effect.actives.length < 1 || effect.actives.length > MOST_ACTIVE_PERMISSIONS) {
        throw new BadInput(`Give 1 to ${MOST_ACTIVE_PERMISSIONS} active permissions.`, {
          field: 'input.actives',
        });
      }
      requireBalance(PERMISSION_FEE_SUN, facts);
      return;
    default:
      unreachable(effect);
  }
}

/** When the next claim is possible; null when that is now. */
export function nextClaimAt(lastClaimAt: Date | null, chainTime: Date): Date | null {
  if (lastClaimAt === null) return null;
  const next = new Date(lastClaimAt.getTime() + CLAIM_PAUSE_MS);
  return next > chainTime ? next : null;
}

function checkUnfreeze(amount: bigint, resource: Resource, facts: WalletFacts): void {
  requirePositive(amount);
  const waiting = facts.unfreezing.filter(({ at }) => at > facts.chainTime).length;
  if (waiting + (facts.underWay.get('UNFREEZE') ?? 0) >= MOST_UNFREEZINGS) {
    throw refused(
      `The chain keeps at most ${MOST_UNFREEZINGS} unstakings of a wallet at once. Wait until one has matured and withdraw it.`,
    );
  }
  const free = resource === 'ENERGY' ? facts.freeEnergyStake : facts.freeBandwidthStake;
  if (amount > free) throw new StakeNotFree(amount, free > 0n ? free : 0n, resource);
}

function checkWithdrawal({ unfreezing, chainTime }: WalletFacts): void {
  if (unfreezing.some(({ at }) => at <= chainTime)) return;
  const times = unfreezing.map(({ at }) => at.getTime());
  throw refused(
    times.length === 0
      ? 'Nothing of this wallet was unstaked, so there is nothing to withdraw.'
      : `Nothing has matured yet; the first does at ${new Date(Math.min(...times)).toISOString()}.`,
  );
}

function checkClaim({ lastClaimAt, chainTime, rewards }: WalletFacts): void {
  const next = nextClaimAt(lastClaimAt, chainTime);
  if (next !== null) {
    throw refused(
      `The chain pays rewards once in 24 hours; the next claim is possible at ${next.toISOString()}.`,
    );
  }
  if (rewards <= 0n) {
    throw refused('There are no rewards to claim. They come with the hours after votes are cast.');
  }
}

function checkVotes(votes: readonly Vote[], { votingPower }: WalletFacts): void {
  const field = 'input.votes';
  if (votes.length < 1 || votes.length > MOST_VOTES) {
    throw new BadInput(`Vote for 1 to ${MOST_VOTES} witnesses.`, { field });
  }
  if (votes.some(({ count }) => count <= 0n)) {
    throw new BadInput('Each vote is a whole number of TRX above 0.', { field });
  }
  if (new Set(votes.map(({ witness }) => witness)).size !== votes.length) {
    throw new BadInput('Name each witness once.', { field });
  }
  const total = votes.reduce((sum, { count }) => sum + count, 0n);
  if (total > votingPower) {
    throw new BadInput(
      `The votes add up to ${total}, and the wallet has ${votingPower} TRX staked to vote with.`,
      { field, details: { votes: total.toString(), votingPower: votingPower.toString() } },
    );
  }
}

function checkTransfer(to: Address, amount: bigint, facts: WalletFacts): void {
  requirePositive(amount);
  if (to === facts.address) {
    throw new BadInput('A wallet cannot pay itself; name another wallet of the pool.', {
      field: 'input.receiver',
    });
  }
  if (!facts.payable.has(to)) {
    throw new BadInput(
      'Transfers go to wallets of the pool and to the addresses of the setting staking.treasuryAddresses only.',
      { field: 'input.receiver', details: { receiver: to } },
    );
  }
  requireBalance(amount, facts);
}

function requireBalance(needed: bigint, facts: WalletFacts): void {
  const { balance, spending: underWay, feeReserve: reserve } = facts;
  if (needed > balance - underWay - reserve) {
    throw new WalletBalanceTooLow({ needed, balance, underWay, reserve });
  }
}

function requirePositive(amount: bigint): void {
  if (amount > 0n) return;
  throw new BadInput('Give an amount above 0.', { field: 'input.amount' });
}

/** FreezeBalanceV2 takes no less than 1 TRX. */
function requireWholeTrx(amount: bigint): void {
  if (amount >= UNIT) return;
  throw new BadInput('The chain stakes no less than 1 TRX.', { field: 'input.amount' });
}

/** Transactions of one account land in no certain order, so two that exclude each other may not meet. */
function requireAlone(kind: OperationKind, { underWay }: WalletFacts): void {
  if ((underWay.get(kind) ?? 0) === 0) return;
  throw refused(
    `Another ${kind} of this wallet is under way. Wait until it is solid and seen, about two minutes.`,
  );
}

function refused(message: string): IllegalState {
  return new IllegalState(message, { field: 'input.walletId' });
}
