import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock from '@lucide/svelte/icons/clock';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Icon } from '../design/icon.ts';
import type { Tone } from '../design/tone.ts';
import type { OrderState, RentalState, SliceState } from '../graphql/generated/graphql.ts';

export type Look = { tone: Tone; icon: Icon };

/** The six states in the order in which an order may meet them. */
export const orderStates: readonly OrderState[] = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'REFUNDED',
];

export const orderLooks: Record<OrderState, Look> = {
  PENDING: { tone: 'waiting', icon: Clock },
  PROCESSING: { tone: 'working', icon: LoaderCircle },
  COMPLETED: { tone: 'done', icon: CircleCheck },
  FAILED: { tone: 'failed', icon: CircleX },
  CANCELLED: { tone: 'cancelled', icon: Ban },
  REFUNDED: { tone: 'refunded', icon: Undo2 },
};

export const inDoubtLook: Look = { tone: 'doubt', icon: TriangleAlert };

export const sliceLooks: Record<SliceState, Look> = {
  RESERVED: { tone: 'waiting', icon: Clock },
  DELEGATING: { tone: 'working', icon: LoaderCircle },
  DELIVERED: { tone: 'done', icon: CircleCheck },
  DROPPED: { tone: 'cancelled', icon: Ban },
};

export const rentalLooks: Record<RentalState, Look> = {
  ACTIVE: { tone: 'done', icon: CircleCheck },
  RECLAIMING: { tone: 'working', icon: LoaderCircle },
  RECLAIMED: { tone: 'cancelled', icon: Undo2 },
};
