import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Fuel from '@lucide/svelte/icons/fuel';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import type { SweepState } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const sweepLooks: Record<SweepState, Look> = {
  FUELLING: { tone: 'working', icon: Fuel },
  SENDING: { tone: 'working', icon: LoaderCircle },
  SETTLED: { tone: 'done', icon: CircleCheck },
  FAILED: { tone: 'failed', icon: CircleX },
};
