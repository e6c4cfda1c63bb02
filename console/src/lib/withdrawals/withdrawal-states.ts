import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock from '@lucide/svelte/icons/clock';
import Link from '@lucide/svelte/icons/link';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Send from '@lucide/svelte/icons/send';
import UserCheck from '@lucide/svelte/icons/user-check';
import type { WithdrawalState } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

/** In the order in which a withdrawal may meet them. */
export const withdrawalStates: readonly WithdrawalState[] = [
  'REQUESTED',
  'WAITING',
  'APPROVED',
  'SENDING',
  'SENT',
  'SETTLED',
  'REJECTED',
  'FAILED',
];

export const withdrawalLooks: Record<WithdrawalState, Look> = {
  REQUESTED: { tone: 'waiting', icon: Clock },
  WAITING: { tone: 'doubt', icon: UserCheck },
  APPROVED: { tone: 'waiting', icon: Send },
  SENDING: { tone: 'working', icon: LoaderCircle },
  SENT: { tone: 'working', icon: Link },
  SETTLED: { tone: 'done', icon: CircleCheck },
  REJECTED: { tone: 'cancelled', icon: Ban },
  FAILED: { tone: 'failed', icon: CircleX },
};
