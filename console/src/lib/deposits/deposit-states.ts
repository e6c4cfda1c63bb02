import Archive from '@lucide/svelte/icons/archive';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import Clock from '@lucide/svelte/icons/clock';
import Eye from '@lucide/svelte/icons/eye';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type {
  DepositRequestState,
  DepositState,
  UnclaimedReason,
} from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

/** In the order in which a deposit may meet them. */
export const depositStates: readonly DepositState[] = [
  'SEEN',
  'CREDITED',
  'UNCLAIMED',
  'RETURNING',
  'RETURNED',
  'WRITTEN_OFF',
  'GONE',
];

export const depositLooks: Record<DepositState, Look> = {
  SEEN: { tone: 'working', icon: Eye },
  CREDITED: { tone: 'done', icon: CircleCheck },
  UNCLAIMED: { tone: 'doubt', icon: CircleHelp },
  RETURNING: { tone: 'working', icon: LoaderCircle },
  RETURNED: { tone: 'refunded', icon: Undo2 },
  WRITTEN_OFF: { tone: 'cancelled', icon: Archive },
  GONE: { tone: 'cancelled', icon: CircleSlash },
};

export const requestLooks: Record<DepositRequestState, Look> = {
  OPEN: { tone: 'waiting', icon: Clock },
  PAID: { tone: 'done', icon: CircleCheck },
  EXPIRED: { tone: 'cancelled', icon: CircleSlash },
};

export const unclaimedReasons: readonly UnclaimedReason[] = [
  'UNKNOWN_PAYER',
  'AMBIGUOUS_SENDER',
  'LATE',
  'SHORT',
  'OVER',
  'PAID_TWICE',
  'BELOW_MINIMUM',
  'WRONG_TOKEN',
  'FROM_CONTRACT',
  'OWN_WALLET',
];
