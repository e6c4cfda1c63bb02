import CircleCheck from '@lucide/svelte/icons/circle-check';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import type { SafeMode } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const safeModeLooks: Record<SafeMode, Look> = {
  ACCEPT: { tone: 'done', icon: CircleCheck },
  QUEUE: { tone: 'doubt', icon: CirclePause },
  REFUSE: { tone: 'failed', icon: OctagonX },
};
