import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import CircleX from '@lucide/svelte/icons/circle-x';
import OctagonPause from '@lucide/svelte/icons/octagon-pause';
import type { SignerFactsFragment } from '../graphql/generated/graphql.ts';
import type { Look } from '../orders/order-states.ts';

export type JournalState = 'signing' | 'halted' | 'broken' | 'unseen';

export const journalLooks: Record<JournalState, Look> = {
  signing: { tone: 'done', icon: CircleCheck },
  halted: { tone: 'failed', icon: OctagonPause },
  broken: { tone: 'failed', icon: CircleX },
  unseen: { tone: 'doubt', icon: CircleHelp },
};

/** Shown every minute; after so long, in ms, its worker is away. */
const unseenAfter = 180_000;

type Journal = SignerFactsFragment['journals'][number];

/** How a journal's signer is, as far as is known at `now` (ms since 1970). */
export function journalState(
  { brokenBecause, haltedBecause, seenAt }: Omit<Journal, 'id' | 'worker' | 'entries' | 'hash'>,
  now: number,
): JournalState {
  if (brokenBecause !== null) return 'broken';
  if (now - Date.parse(seenAt) > unseenAfter) return 'unseen';
  return haltedBecause === null ? 'signing' : 'halted';
}
