import { z } from 'zod';
import { assert, unreachable } from '../kernel/assert.ts';
import type { Address } from '../chain/address.ts';
import type {
  ActivePermission,
  ChainEffect,
  Permission,
  Resource,
  Vote,
} from '../chain/transaction.ts';
import type { OperationKind } from './operation-states.ts';

/** An effect as its columns hold it; which of them are null, the kind says. */
export interface EffectRow {
  readonly kind: OperationKind;
  readonly owner: Address;
  readonly receiver: Address | null;
  /** Sun. */
  readonly amount_sun: bigint | null;
  readonly resource: Resource | null;
  /** Votes, permissions or a transfer of tokens; amounts are decimal strings. */
  readonly details: unknown;
}

/** The columns of {@link EffectRow}, for a select; `alias` is the table's, with its point. */
export function effectColumns(alias: string): string {
  return ['kind', 'owner', 'receiver', 'amount_sun', 'resource', 'details']
    .map((column) => alias + column)
    .join(', ');
}

const count = z.string().regex(/^\d+$/).transform(BigInt);
const address = z.string().transform((text) => text as Address);
const permission = z.object({
  name: z.string(),
  threshold: count,
  keys: z.array(z.object({ address, weight: count })),
});
const voteDetails = z.object({ votes: z.array(z.object({ witness: address, count })) });
const tokenDetails = z.object({ contract: address, amount: count, feeLimitSun: count });
const permissionDetails = z.object({
  owner: permission,
  actives: z.array(permission.extend({ operations: z.string() })),
});

const KINDS = {
  delegate: 'DELEGATE',
  undelegate: 'UNDELEGATE',
  freeze: 'FREEZE',
  unfreeze: 'UNFREEZE',
  cancelUnfreeze: 'CANCEL_UNFREEZE',
  withdrawExpired: 'WITHDRAW_EXPIRED',
  claimRewards: 'CLAIM_REWARDS',
  vote: 'VOTE',
  transfer: 'TRANSFER',
  tokenTransfer: 'TOKEN_TRANSFER',
  setPermissions: 'SET_PERMISSIONS',
} as const satisfies Record<ChainEffect['kind'], OperationKind>;

/** The kind of operation that an effect is. */
export function kindOf(effect: ChainEffect): OperationKind {
  return KINDS[effect.kind];
}

/** How an effect is stored; {@link effectOf} reads it back. */
export function rowOf(effect: ChainEffect): EffectRow {
  const kind = kindOf(effect);
  const { owner } = effect;
  const bare = { kind, owner, receiver: null, amount_sun: null, resource: null, details: null };
  switch (effect.kind) {
    case 'delegate':
    case 'undelegate': {
      const { receiver, amountSun, resource } = effect;
      return { ...bare, receiver, amount_sun: amountSun, resource };
    }
    case 'freeze':
    case 'unfreeze':
      return { ...bare, amount_sun: effect.amountSun, resource: effect.resource };
    case 'transfer':
      return { ...bare, receiver: effect.to, amount_sun: effect.amountSun };
    case 'tokenTransfer': {
      const { contract, amount, feeLimitSun, to } = effect;
      const details = {
        contract,
        amount: amount.toString(),
        feeLimitSun: feeLimitSun.toString(),
      };
      return { ...bare, receiver: to, details };
    }
    case 'cancelUnfreeze':
    case 'withdrawExpired':
    case 'claimRewards':
      return bare;
    case 'vote':
      return { ...bare, details: { votes: effect.votes.map(writtenVote) } };
    case 'setPermissions': {
      const { ownerPermission, actives } = effect;
      return {
        ...bare,
        details: { owner: written(ownerPermission), actives: actives.map(writtenActive) },
      };
    }
    default:
      return unreachable(effect);
  }
}

/** The effect that a row stands for. @throws AssertionFailed when a column that its kind needs is missing */
export function effectOf(row: EffectRow): ChainEffect {
  const { owner } = row;
  switch (row.kind) {
    case 'DELEGATE':
    case 'UNDELEGATE':
      return {
        kind: row.kind === 'DELEGATE' ? 'delegate' : 'undelegate',
        owner,
        receiver: there(row.receiver, 'receiver'),
        amountSun: there(row.amount_sun, 'amount'),
        resource: there(row.resource, 'resource'),
      };
    case 'FREEZE':
    case 'UNFREEZE':
      return {
        kind: row.kind === 'FREEZE' ? 'freeze' : 'unfreeze',
        owner,
        amountSun: there(row.amount_sun, 'amount'),
        resource: there(row.resource, 'resource'),
      };
    case 'TRANSFER':
      return {
        kind: 'transfer',
        owner,
        to: there(row.receiver, 'receiver'),
        amountSun: there(row.amount_sun, 'amount'),
      };
    case 'TOKEN_TRANSFER':
      return {
        kind: 'tokenTransfer',
        owner,
        to: there(row.receiver, 'receiver'),
        ...tokensOf(row.details),
      };
    case 'CANCEL_UNFREEZE':
      return { kind: 'cancelUnfreeze', owner };
    case 'WITHDRAW_EXPIRED':
      return { kind: 'withdrawExpired', owner };
    case 'CLAIM_REWARDS':
      return { kind: 'claimRewards', owner };
    case 'VOTE':
      return { kind: 'vote', owner, votes: votesOf(row.details) };
    case 'SET_PERMISSIONS': {
      const { owner: ownerPermission, actives } = permissionsOf(row.details);
      return { kind: 'setPermissions', owner, ownerPermission, actives };
    }
    default:
      return unreachable(row.kind);
  }
}

/** The votes in an operation's details. */
export function votesOf(details: unknown): readonly Vote[] {
  const parsed = voteDetails.safeParse(details);
  assert(parsed.success, 'the operation holds votes');
  return parsed.data.votes;
}

/** What a transfer of tokens moves, in an operation's details. */
export function tokensOf(details: unknown): {
  readonly contract: Address;
  readonly amount: bigint;
  readonly feeLimitSun: bigint;
} {
  const parsed = tokenDetails.safeParse(details);
  assert(parsed.success, 'the operation holds a transfer of tokens');
  return parsed.data;
}

/** The permissions in an operation's details. */
export function permissionsOf(details: unknown): {
  readonly owner: Permission;
  readonly actives: readonly ActivePermission[];
} {
  const parsed = permissionDetails.safeParse(details);
  assert(parsed.success, 'the operation holds permissions');
  return parsed.data;
}

function there<Value>(value: Value | null, what: string): Value {
  assert(value !== null, `the operation has its ${what}`);
  return value;
}

function writtenVote({ witness, count: votes }: Vote): object {
  return { witness, count: votes.toString() };
}

function written({ name, threshold, keys }: Permission): object {
  return {
    name,
    threshold: threshold.toString(),
    keys: keys.map((key) => ({ address: key.address, weight: key.weight.toString() })),
  };
}

function writtenActive(active: ActivePermission): object {
  return { ...written(active), operations: active.operations };
}
