import { z } from 'zod';
import type { Address } from '../chain/address.ts';
import { count, flag, hexAddress, hexBytes, int64 } from './node-json.ts';
import { FULL_WINDOW_SLOTS } from '../chain/resource-maths.ts';

const resource = z.enum(['BANDWIDTH', 'ENERGY', 'TRON_POWER']).default('BANDWIDTH');

const permission = z.object({
  id: count,
  permission_name: z.string().default(''),
  threshold: int64,
  operations: hexBytes,
  keys: z.array(z.object({ address: hexAddress, weight: int64 })).default([]),
});

const stakeV1 = z.object({ frozen_balance: int64 }).optional();

const accountReply = z.object({
  address: hexAddress,
  type: z.enum(['Normal', 'AssetIssue', 'Contract']).default('Normal'),
  balance: int64,
  create_time: count,
  allowance: int64,
  latest_withdraw_time: count,
  frozenV2: z.array(z.object({ type: resource, amount: int64 })).default([]),
  unfrozenV2: z
    .array(z.object({ type: resource, unfreeze_amount: int64, unfreeze_expire_time: count }))
    .default([]),
  votes: z.array(z.object({ vote_address: hexAddress, vote_count: int64 })).default([]),
  net_usage: int64,
  free_net_usage: int64,
  delegated_frozenV2_balance_for_bandwidth: int64,
  acquired_delegated_frozenV2_balance_for_bandwidth: int64,
  account_resource: z
    .object({
      energy_usage: int64,
      energy_window_size: int64,
      energy_window_optimized: flag,
      frozen_balance_for_energy: stakeV1,
      acquired_delegated_frozen_balance_for_energy: int64,
      delegated_frozenV2_balance_for_energy: int64,
      acquired_delegated_frozenV2_balance_for_energy: int64,
    })
    .optional(),
  owner_permission: permission.optional(),
  active_permission: z.array(permission).default([]),
});

export interface AccountPermission {
  readonly id: number;
  readonly name: string;
  readonly threshold: bigint;
  /** Bitmap of contract types; empty for the owner permission, which may do everything. */
  readonly operations: string;
  readonly keys: readonly { readonly address: Address; readonly weight: bigint }[];
}

/** An account as a node knows it; all amounts in sun, usages in their resource. */
export interface AccountState {
  readonly address: Address;
  readonly isContract: boolean;
  readonly createdMs: number;
  readonly balance: bigint;
  /** Rewards that can be claimed, and when they last were. */
  readonly allowance: bigint;
  readonly lastClaimMs: number;
  /** Stake 2.0 that is not delegated out. */
  readonly frozen: { readonly energy: bigint; readonly bandwidth: bigint };
  readonly delegatedOut: { readonly energy: bigint; readonly bandwidth: bigint };
  readonly acquired: { readonly energy: bigint; readonly bandwidth: bigint };
  /** Stake 1.0 left-overs for energy; they absorb usage before Stake 2.0. */
  readonly v1Energy: { readonly frozen: bigint; readonly acquired: bigint };
  readonly unfreezing: readonly {
    readonly resource: 'BANDWIDTH' | 'ENERGY' | 'TRON_POWER';
    readonly amount: bigint;
    readonly expiresMs: number;
  }[];
  readonly votes: readonly { readonly witness: Address; readonly count: bigint }[];
  /** Unrecovered energy at the block it was read at, and the slots in which it recovers from there. */
  readonly energyUsage: bigint;
  readonly energyWindowSlots: bigint;
  readonly bandwidthUsage: { readonly staked: bigint; readonly free: bigint };
  /** Null where the account never changed its permissions on nodes that then leave them out. */
  readonly ownerPermission: AccountPermission | null;
  readonly activePermissions: readonly AccountPermission[];
}

/** Reads getaccount's reply; null for `{}`, an address that is not activated. @throws ZodError */
export function readAccount(reply: unknown): AccountState | null {
  if (isEmpty(reply)) return null;
  const account = accountReply.parse(reply);
  const energy = account.account_resource;
  const frozen = (type: z.infer<typeof resource>): bigint =>
    account.frozenV2.reduce((sum, row) => (row.type === type ? sum + row.amount : sum), 0n);
  return {
    address: account.address,
    isContract: account.type === 'Contract',
    createdMs: account.create_time,
    balance: account.balance,
    allowance: account.allowance,
    lastClaimMs: account.latest_withdraw_time,
    frozen: { energy: frozen('ENERGY'), bandwidth: frozen('BANDWIDTH') },
    delegatedOut: {
      energy: energy?.delegated_frozenV2_balance_for_energy ?? 0n,
      bandwidth: account.delegated_frozenV2_balance_for_bandwidth,
    },
    acquired: {
      energy: energy?.acquired_delegated_frozenV2_balance_for_energy ?? 0n,
      bandwidth: account.acquired_delegated_frozenV2_balance_for_bandwidth,
    },
    v1Energy: {
      frozen: energy?.frozen_balance_for_energy?.frozen_balance ?? 0n,
      acquired: energy?.acquired_delegated_frozen_balance_for_energy ?? 0n,
    },
    unfreezing: account.unfrozenV2.map((row) => ({
      resource: row.type,
      amount: row.unfreeze_amount,
      expiresMs: row.unfreeze_expire_time,
    })),
    votes: account.votes.map((vote) => ({ witness: vote.vote_address, count: vote.vote_count })),
    energyUsage: energy?.energy_usage ?? 0n,
    energyWindowSlots: windowSlots(
      energy?.energy_window_size ?? 0n,
      energy?.energy_window_optimized ?? false,
    ),
    bandwidthUsage: { staked: account.net_usage, free: account.free_net_usage },
    ownerPermission: account.owner_permission ? toPermission(account.owner_permission) : null,
    activePermissions: account.active_permission.map(toPermission),
  };
}

export function isEmpty(reply: unknown): boolean {
  return (
    typeof reply === 'object' &&
    reply !== null &&
    !Array.isArray(reply) &&
    Object.keys(reply).length === 0
  );
}

/** AccountCapsule.getWindowSize: optimized windows are stored a thousandfold. */
function windowSlots(size: bigint, optimized: boolean): bigint {
  if (size === 0n) return FULL_WINDOW_SLOTS;
  if (!optimized) return size;
  return size < 1_000n ? FULL_WINDOW_SLOTS : size / 1_000n;
}

function toPermission(permission_: z.infer<typeof permission>): AccountPermission {
  const { id, permission_name: name, threshold, operations, keys } = permission_;
  return { id, name, threshold, operations, keys };
}
