import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleMinus from '@lucide/svelte/icons/circle-minus';
import type { UserStanding } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const userStandings: readonly UserStanding[] = ['ACTIVE', 'LIMITED', 'BLOCKED'];

export const standingLooks: Record<UserStanding, Look> = {
  ACTIVE: { tone: 'done', icon: CircleCheck },
  LIMITED: { tone: 'doubt', icon: CircleMinus },
  BLOCKED: { tone: 'failed', icon: Ban },
};
