import CircleAlert from '@lucide/svelte/icons/circle-alert';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import EqualNot from '@lucide/svelte/icons/equal-not';
import Ghost from '@lucide/svelte/icons/ghost';
import MessageSquareText from '@lucide/svelte/icons/message-square-text';
import Split from '@lucide/svelte/icons/split';
import UserX from '@lucide/svelte/icons/user-x';
import type { Icon } from '../design/icon.ts';
import type { DifferenceKind, DifferenceState } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export const differenceKinds: readonly DifferenceKind[] = [
  'DRIFT',
  'ORPHAN_DELEGATION',
  'MISSING_DELEGATION',
  'FOREIGN_TRANSACTION',
];

export const differenceStates: readonly DifferenceState[] = ['OPEN', 'EXPLAINED', 'GONE'];

export const differenceLooks: Record<DifferenceState, Look> = {
  OPEN: { tone: 'doubt', icon: CircleAlert },
  EXPLAINED: { tone: 'cancelled', icon: MessageSquareText },
  GONE: { tone: 'done', icon: CircleCheck },
};

export const differenceIcons: Record<DifferenceKind, Icon> = {
  DRIFT: EqualNot,
  ORPHAN_DELEGATION: Ghost,
  MISSING_DELEGATION: Split,
  FOREIGN_TRANSACTION: UserX,
};
