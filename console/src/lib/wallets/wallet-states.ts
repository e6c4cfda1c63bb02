import CircleCheck from '@lucide/svelte/icons/circle-check';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Hourglass from '@lucide/svelte/icons/hourglass';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import type { WalletState } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const walletStates: readonly WalletState[] = ['ACTIVE', 'DRAINING', 'PAUSED', 'QUARANTINED'];

export const walletLooks: Record<WalletState, Look> = {
  ACTIVE: { tone: 'done', icon: CircleCheck },
  DRAINING: { tone: 'working', icon: Hourglass },
  PAUSED: { tone: 'cancelled', icon: CirclePause },
  QUARANTINED: { tone: 'doubt', icon: ShieldAlert },
};
