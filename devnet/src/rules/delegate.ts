import { resourceOf, withResource } from '../state/account.ts';
import type { Resource } from '../state/account.ts';
import type { Delegation } from '../state/chain-state.ts';
import { isAddress } from '../wire/address.ts';
import type { ContractValue } from '../wire/messages.ts';
import { ContractValidateError, putAccount, requireAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import { addToIndex, removeFromIndex } from './delegation-index.ts';
import type { Effect } from './effect.ts';
import { slotMs, trx } from './parameters.ts';
import { delegatable, increaseUsage, stakeFor, takeOverUsage, totals } from './resource-usage.ts';
import { resourceFrom } from './stake.ts';

/** Blocks of a lock when the sender names none, or may not choose: 3 days. */
const defaultLockBlocks = 86_400n;

const noDelegation: Delegation = {
  net: 0n,
  energy: 0n,
  lockedNet: 0n,
  lockedEnergy: 0n,
  netExpire: 0,
  energyExpire: 0,
};

/** Key of a pair in the delegation table. */
export function pairKey(from: string, to: string): string {
  return from + to;
}

function lockBlocks(context: RuleContext, period: bigint): bigint {
  const chosen = context.parameters.maxDelegateLockPeriod > defaultLockBlocks;
  return chosen && period !== 0n ? period : defaultLockBlocks;
}

function expireOf(row: Delegation, resource: Resource): number {
  return resource === 'ENERGY' ? row.energyExpire : row.netExpire;
}

/** Locked balances whose time is over join the unlocked row (strictly before `now`). */
function unlockExpired(row: Delegation, now: number): Delegation {
  let result = row;
  if (row.energyExpire < now) {
    result = {
      ...result,
      energy: result.energy + row.lockedEnergy,
      lockedEnergy: 0n,
      energyExpire: 0,
    };
  }
  if (row.netExpire < now) {
    result = { ...result, net: result.net + row.lockedNet, lockedNet: 0n, netExpire: 0 };
  }
  return result;
}

function checkLock(
  context: RuleContext,
  row: Delegation | undefined,
  resource: Resource,
  period: bigint,
): void {
  const max = context.parameters.maxDelegateLockPeriod;
  if (max <= defaultLockBlocks) return;
  if (period < 0n || period > max) {
    throw new ContractValidateError(
      `The lock period of delegate resource cannot be less than 0 and cannot exceed ${max}!`,
    );
  }
  const remaining = row ? expireOf(row, resource) - context.now : 0;
  if (Number(period) * slotMs < remaining) {
    throw new ContractValidateError(
      `The lock period for ${resource} this time cannot be less than the remaining time` +
        `[${remaining}ms] of the last lock period for ${resource}!`,
    );
  }
}

/** DelegateResourceContract. `building` adds the estimate of its own bandwidth, as builders do. */
export function delegate(
  context: RuleContext,
  value: ContractValue<'DelegateResourceContract'>,
  building = false,
): Effect {
  const { owner_address: from, receiver_address: to, balance } = value;
  const { state, parameters, slot } = context;
  if (!isAddress(from)) throw new ContractValidateError('Invalid address');
  const owner = requireAccount(context, from, `Account[${from}] not exists`);
  if (balance < trx) {
    throw new ContractValidateError('delegateBalance must be greater than or equal to 1 TRX');
  }
  const resource = resourceFrom(value.resource);
  if (!resource) {
    throw new ContractValidateError('ResourceCode error, valid ResourceCode[BANDWIDTH、ENERGY]');
  }
  const extra = building && resource === 'BANDWIDTH' ? 280n : 0n;
  if (delegatable(state, parameters, owner, resource, slot, extra) < balance) {
    const label = resource === 'ENERGY' ? 'FreezeEnergyV2' : 'FreezeBandwidthV2';
    throw new ContractValidateError(
      `delegateBalance must be less than or equal to available ${label} balance`,
    );
  }
  if (!isAddress(to)) throw new ContractValidateError('Invalid receiverAddress');
  if (to === from) {
    throw new ContractValidateError('receiverAddress must not be the same as ownerAddress');
  }
  const receiver = requireAccount(context, to, `Account[${to}] not exists`);
  const key = pairKey(from, to);
  const existing = state.delegations.get(key);
  const period = lockBlocks(context, value.lock_period);
  if (value.lock) checkLock(context, existing, resource, period);
  if (receiver.contract !== undefined) {
    throw new ContractValidateError('Do not allow delegate resources to contract addresses');
  }

  let row = unlockExpired(existing ?? noDelegation, context.now);
  const expire = context.now + Number(period) * slotMs;
  if (resource === 'ENERGY') {
    row = value.lock
      ? { ...row, lockedEnergy: row.lockedEnergy + balance, energyExpire: expire }
      : { ...row, energy: row.energy + balance };
  } else {
    row = value.lock
      ? { ...row, lockedNet: row.lockedNet + balance, netExpire: expire }
      : { ...row, net: row.net + balance };
  }
  state.delegations.set(key, row);
  if (!existing) addToIndex(context, from, to);

  const current = increaseUsage(resourceOf(owner, resource), 0n, slot);
  putAccount(
    context,
    withResource(owner, resource, {
      ...current,
      frozen: current.frozen - balance,
      delegated: current.delegated + balance,
    }),
  );
  const { acquired } = resourceOf(receiver, resource);
  putAccount(context, withResource(receiver, resource, { acquired: acquired + balance }));
  return { fee: 0n };
}

/** UnDelegateResourceContract: stake comes back, with the use that was made of it. */
export function undelegate(
  context: RuleContext,
  value: ContractValue<'UnDelegateResourceContract'>,
): Effect {
  const { owner_address: from, receiver_address: to, balance } = value;
  const { state, slot } = context;
  if (!isAddress(from)) throw new ContractValidateError('Invalid address');
  requireAccount(context, from, `Account[${from}] does not exist`);
  if (!isAddress(to)) throw new ContractValidateError('Invalid receiverAddress');
  if (to === from) {
    throw new ContractValidateError('receiverAddress must not be the same as ownerAddress');
  }
  const key = pairKey(from, to);
  const existing = state.delegations.get(key);
  if (!existing) throw new ContractValidateError('delegated Resource does not exist');
  if (balance <= 0n) throw new ContractValidateError('unDelegateBalance must be more than 0 TRX');
  const resource = resourceFrom(value.resource);
  if (!resource) {
    throw new ContractValidateError('ResourceCode error.valid ResourceCode[BANDWIDTH、Energy]');
  }
  const row = unlockExpired(existing, context.now);
  const free = resource === 'ENERGY' ? row.energy : row.net;
  if (free < balance) {
    const label =
      resource === 'ENERGY' ? 'delegateFrozenBalance(Energy)' : 'delegatedFrozenBalance(BANDWIDTH)';
    throw new ContractValidateError(
      `insufficient ${label}, request=${balance}, unlock_balance=${free}`,
    );
  }

  const rest =
    resource === 'ENERGY' ? { ...row, energy: free - balance } : { ...row, net: free - balance };
  if (rest.net + rest.energy + rest.lockedNet + rest.lockedEnergy === 0n) {
    state.delegations.delete(key);
    removeFromIndex(context, from, to);
  } else {
    state.delegations.set(key, rest);
  }

  const moved = takeFromReceiver(context, to, resource, balance);
  const owner = requireAccount(context, from, `Account[${from}] does not exist`);
  const receiver = state.accounts.get(to);
  const before = resourceOf(owner, resource);
  const after =
    moved > 0n && receiver
      ? takeOverUsage(before, resourceOf(receiver, resource), moved, slot)
      : before;
  putAccount(
    context,
    withResource(owner, resource, {
      ...after,
      frozen: before.frozen + balance,
      delegated: before.delegated - balance,
    }),
  );
  return { fee: 0n };
}

/** Lowers what the receiver holds; returns the units of usage that go back to the owner. */
function takeFromReceiver(
  context: RuleContext,
  to: string,
  resource: Resource,
  balance: bigint,
): bigint {
  const receiver = context.state.accounts.get(to);
  if (!receiver) return 0n;
  const state = increaseUsage(resourceOf(receiver, resource), 0n, context.slot);
  if (state.acquired < balance) {
    putAccount(context, withResource(receiver, resource, { ...state, acquired: 0n }));
    return 0n;
  }
  const { limit, weight } = totals(context.state, context.parameters, resource);
  const worth = Math.floor((Number(balance) / 1e6) * (Number(limit) / Number(weight)));
  const share = Math.floor(Number(state.usage) * (Number(balance) / Number(stakeFor(state))));
  const moved = BigInt(Math.min(worth, share));
  putAccount(
    context,
    withResource(receiver, resource, {
      ...state,
      usage: state.usage - moved,
      acquired: state.acquired - balance,
    }),
  );
  return moved;
}
