import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import type { HealthStatus } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const nodeLooks: Record<HealthStatus, Look> = {
  UP: { tone: 'done', icon: CircleCheck },
  DEGRADED: { tone: 'doubt', icon: CirclePause },
  DOWN: { tone: 'failed', icon: CircleX },
};
