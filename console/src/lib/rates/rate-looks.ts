import ArrowUpDown from '@lucide/svelte/icons/arrow-up-down';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Scale from '@lucide/svelte/icons/scale';
import WifiOff from '@lucide/svelte/icons/wifi-off';
import type { RateOutcome } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const outcomeLooks: Record<RateOutcome, Look> = {
  GOOD: { tone: 'done', icon: CircleCheck },
  TOO_FEW: { tone: 'doubt', icon: WifiOff },
  DISAGREE: { tone: 'failed', icon: Scale },
  JUMPED: { tone: 'failed', icon: ArrowUpDown },
};
