import { resourceOf, tronPower, withResource } from '../state/account.ts';
import type { Account, Resource, Unfreeze } from '../state/account.ts';
import { globalsOf } from '../state/chain-state.ts';
import { isAddress } from '../wire/address.ts';
import type { ContractValue } from '../wire/messages.ts';
import { ContractValidateError, putAccount, requireAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import type { Effect } from './effect.ts';
import { dayMs, maxUnfreezes, trx } from './parameters.ts';
import { settleRewards } from './rewards.ts';
import { changeVotes } from './vote.ts';

/** The staked resource of a protocol number; undefined for TRON_POWER and unknown ones. */
export function resourceFrom(code: number): Resource | undefined {
  return code === 0 ? 'BANDWIDTH' : code === 1 ? 'ENERGY' : undefined;
}

/** Changes own stake, and the chain's total weight by whole TRX as java-tron counts it. */
export function addStake(
  context: RuleContext,
  account: Account,
  resource: Resource,
  amount: bigint,
): Account {
  const state = resourceOf(account, resource);
  const before = (state.frozen + state.delegated) / trx;
  const after = (state.frozen + state.delegated + amount) / trx;
  const globals = globalsOf(context.state);
  context.state.globals.set(
    'chain',
    resource === 'ENERGY'
      ? { ...globals, totalEnergyWeight: globals.totalEnergyWeight + after - before }
      : { ...globals, totalNetWeight: globals.totalNetWeight + after - before },
  );
  return withResource(account, resource, { frozen: state.frozen + amount });
}

/** FreezeBalanceV2Contract. */
export function freeze(
  context: RuleContext,
  value: ContractValue<'FreezeBalanceV2Contract'>,
): Effect {
  const { owner_address: owner, frozen_balance: amount } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid address');
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  if (amount <= 0n) throw new ContractValidateError('frozenBalance must be positive');
  if (amount < trx) {
    throw new ContractValidateError('frozenBalance must be greater than or equal to 1 TRX');
  }
  if (amount > account.balance) {
    throw new ContractValidateError('frozenBalance must be less than or equal to accountBalance');
  }
  const resource = resourceFrom(value.resource);
  if (!resource) {
    throw new ContractValidateError('ResourceCode error, valid ResourceCode[BANDWIDTH、ENERGY]');
  }
  const staked = addStake(context, account, resource, amount);
  putAccount(context, { ...staked, balance: staked.balance - amount });
  return { fee: 0n };
}

function split(unfrozen: readonly Unfreeze[], now: number): { due: bigint; rest: Unfreeze[] } {
  let due = 0n;
  const rest: Unfreeze[] = [];
  for (const entry of unfrozen) {
    if (entry.expire <= now) due += entry.amount;
    else rest.push(entry);
  }
  return { due, rest };
}

/** Sun of matured unfreezes at a time. */
export function withdrawable(account: Account, now: number): bigint {
  return split(account.unfrozen, now).due;
}

/** Unfreezes that are still waiting at a time. */
export function waitingUnfreezes(account: Account, now: number): number {
  return account.unfrozen.filter((entry) => entry.expire > now).length;
}

/** UnfreezeBalanceV2Contract: starts the delay, pays out matured ones, lowers votes pro rata. */
export function unfreeze(
  context: RuleContext,
  value: ContractValue<'UnfreezeBalanceV2Contract'>,
): Effect {
  const { owner_address: owner, unfreeze_balance: amount } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid address');
  const account = requireAccount(context, owner, `Account[${owner}] does not exist`);
  const resource = resourceFrom(value.resource);
  if (!resource) {
    throw new ContractValidateError('ResourceCode error.valid ResourceCode[BANDWIDTH、Energy]');
  }
  const { frozen } = resourceOf(account, resource);
  if (frozen <= 0n) {
    const label = resource === 'ENERGY' ? 'Energy' : 'BANDWIDTH';
    throw new ContractValidateError(`no frozenBalance(${label})`);
  }
  if (amount <= 0n || amount > frozen) {
    throw new ContractValidateError(`Invalid unfreeze_balance, [${amount}] is error`);
  }
  if (waitingUnfreezes(account, context.now) >= maxUnfreezes) {
    throw new ContractValidateError('Invalid unfreeze operation, unfreezing times is over limit');
  }
  const settled = settleRewards(context, account);
  const { due, rest } = split(settled.unfrozen, context.now);
  const expire = context.now + context.parameters.unfreezeDelayDays * dayMs;
  const powerBefore = tronPower(settled);
  const reduced = addStake(context, settled, resource, -amount);
  putAccount(context, {
    ...reduced,
    balance: reduced.balance + due,
    unfrozen: [...rest, { resource, amount, expire }],
  });
  lowerVotes(context, owner, powerBefore);
  return { fee: 0n, unfreezeAmount: amount, withdrawExpireAmount: due };
}

/** Votes above the remaining power shrink in proportion (UnfreezeBalanceV2Actuator.updateVote). */
function lowerVotes(context: RuleContext, owner: string, powerBefore: bigint): void {
  const account = context.state.accounts.get(owner);
  if (!account || account.votes.length === 0 || powerBefore === 0n) return;
  const total = account.votes.reduce((sum, vote) => sum + vote.vote_count, 0n);
  const power = tronPower(account) / trx;
  if (total <= power) return;
  const votes = account.votes
    .map((vote) => ({ ...vote, vote_count: (vote.vote_count * power) / total }))
    .filter((vote) => vote.vote_count > 0n);
  changeVotes(context, account, votes);
}

/** WithdrawExpireUnfreezeContract: pays out matured unfreezes. */
export function withdrawExpired(
  context: RuleContext,
  value: ContractValue<'WithdrawExpireUnfreezeContract'>,
): Effect {
  const { owner_address: owner } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid address');
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  const { due, rest } = split(account.unfrozen, context.now);
  if (due <= 0n) throw new ContractValidateError('no unFreeze balance to withdraw ');
  putAccount(context, { ...account, balance: account.balance + due, unfrozen: rest });
  return { fee: 0n, withdrawExpireAmount: due };
}

/** CancelAllUnfreezeV2Contract: waiting unfreezes become stake again, matured ones are paid out. */
export function cancelUnfreezes(
  context: RuleContext,
  value: ContractValue<'CancelAllUnfreezeV2Contract'>,
): Effect {
  const { owner_address: owner } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid address');
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  if (account.unfrozen.length === 0) {
    throw new ContractValidateError('No unfreezeV2 list to cancel');
  }
  const { due, rest } = split(account.unfrozen, context.now);
  const cancelled = { BANDWIDTH: 0n, ENERGY: 0n, TRON_POWER: 0n };
  let restaked = account;
  for (const { resource, amount } of rest) {
    restaked = addStake(context, restaked, resource, amount);
    cancelled[resource] += amount;
  }
  putAccount(context, { ...restaked, balance: restaked.balance + due, unfrozen: [] });
  return { fee: 0n, withdrawExpireAmount: due, cancelled };
}
