import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock from '@lucide/svelte/icons/clock';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Lock from '@lucide/svelte/icons/lock';
import PenLine from '@lucide/svelte/icons/pen-line';
import Send from '@lucide/svelte/icons/send';
import type {
  AttemptState,
  OperationKind,
  OperationPurpose,
  OperationState,
} from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

/** The kinds, those that the pool does by itself first. */
export const operationKinds: readonly OperationKind[] = [
  'DELEGATE',
  'UNDELEGATE',
  'FREEZE',
  'UNFREEZE',
  'CANCEL_UNFREEZE',
  'WITHDRAW_EXPIRED',
  'VOTE',
  'CLAIM_REWARDS',
  'TRANSFER',
  'TOKEN_TRANSFER',
  'SET_PERMISSIONS',
];

/** The states in the order in which an operation may meet them. */
export const operationStates: readonly OperationState[] = [
  'INTENDED',
  'ATTEMPTING',
  'INCLUDED',
  'SOLID',
  'ABANDONED',
  'CANCELLED',
];

export const operationPurposes: readonly OperationPurpose[] = [
  'DELIVER',
  'RECLAIM',
  'WALLET',
  'WITHDRAWAL',
  'SWEEP',
  'SWEEP_FUEL',
];

export const operationLooks: Record<OperationState, Look> = {
  INTENDED: { tone: 'waiting', icon: Clock },
  ATTEMPTING: { tone: 'working', icon: LoaderCircle },
  INCLUDED: { tone: 'done', icon: CircleCheck },
  SOLID: { tone: 'done', icon: Lock },
  ABANDONED: { tone: 'failed', icon: CircleX },
  CANCELLED: { tone: 'cancelled', icon: Ban },
};

export const attemptLooks: Record<AttemptState, Look> = {
  BUILT: { tone: 'waiting', icon: Clock },
  SIGNED: { tone: 'waiting', icon: PenLine },
  SENDING: { tone: 'working', icon: Send },
  INCLUDED: { tone: 'done', icon: CircleCheck },
  SOLID: { tone: 'done', icon: Lock },
  DEAD: { tone: 'failed', icon: CircleX },
  FAILED: { tone: 'failed', icon: CircleX },
};

/** Whether nothing about it will change any more. */
export function hasEnded(state: OperationState): boolean {
  return state === 'SOLID' || state === 'ABANDONED' || state === 'CANCELLED';
}
