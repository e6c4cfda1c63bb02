import type { Permission, VoteEntry } from '../wire/messages.ts';

/** The two resources that stake yields. */
export type Resource = 'BANDWIDTH' | 'ENERGY';

/** Stake and use of one resource of one account; all amounts in sun. */
export interface ResourceState {
  /** Own stake (FreezeV2), without what is delegated out. */
  readonly frozen: bigint;
  readonly delegated: bigint;
  readonly acquired: bigint;
  /** Resource units used, as of `time`. */
  readonly usage: bigint;
  /** Slot of the last change of `usage`. */
  readonly time: bigint;
  /** Recovery window in slots × 1000; 0 stands for the full window of 24 h. */
  readonly window: bigint;
}

/** Stake on its way out. */
export interface Unfreeze {
  readonly resource: Resource;
  readonly amount: bigint;
  /** ms of chain time */
  readonly expire: number;
}

/** What kind of code a contract account runs here. */
export type ContractKind = 'plain' | 'trc20' | 'payout';

/** One account of the chain; immutable. */
export interface Account {
  readonly address: string;
  readonly balance: bigint;
  readonly createTime: number;
  readonly operationTime: number;
  readonly contract: ContractKind | undefined;
  readonly net: ResourceState;
  readonly energy: ResourceState;
  readonly freeUsage: bigint;
  readonly freeTime: bigint;
  readonly unfrozen: readonly Unfreeze[];
  readonly votes: readonly VoteEntry[];
  readonly allowance: bigint;
  readonly withdrawTime: number;
  /** Reward bookkeeping of MortgageService: cycles, and the votes that counted in `beginCycle`. */
  readonly beginCycle: number;
  readonly endCycle: number;
  readonly settledVotes:
    { readonly cycle: number; readonly votes: readonly VoteEntry[] } | undefined;
  /** undefined = the default of a fresh account. */
  readonly ownerPermission: Permission | undefined;
  readonly activePermissions: readonly Permission[] | undefined;
}

const unused: ResourceState = {
  frozen: 0n,
  delegated: 0n,
  acquired: 0n,
  usage: 0n,
  time: 0n,
  window: 0n,
};

/** A just activated account. */
export function newAccount(address: string, createTime: number, firstCycle = 0): Account {
  return {
    address,
    balance: 0n,
    createTime,
    operationTime: 0,
    contract: undefined,
    net: unused,
    energy: unused,
    freeUsage: 0n,
    freeTime: 0n,
    unfrozen: [],
    votes: [],
    allowance: 0n,
    withdrawTime: 0,
    beginCycle: firstCycle,
    endCycle: -1,
    settledVotes: undefined,
    ownerPermission: undefined,
    activePermissions: undefined,
  };
}

/** The state of one resource. */
export function resourceOf(account: Account, resource: Resource): ResourceState {
  return resource === 'ENERGY' ? account.energy : account.net;
}

/** The account with one resource changed. */
export function withResource(
  account: Account,
  resource: Resource,
  change: Partial<ResourceState>,
): Account {
  return resource === 'ENERGY'
    ? { ...account, energy: { ...account.energy, ...change } }
    : { ...account, net: { ...account.net, ...change } };
}

/** Sun that gives votes: all own stake, delegated or not. */
export function tronPower(account: Account): bigint {
  const { net, energy } = account;
  return net.frozen + net.delegated + energy.frozen + energy.delegated;
}
