/** What a colour means. Each tone is used for its meaning only. */
export type Tone = 'waiting' | 'working' | 'done' | 'failed' | 'cancelled' | 'refunded' | 'doubt';

/** Ground and text of a badge in a tone. */
export const toneBadge: Record<Tone, string> = {
  waiting: 'bg-waiting-tint text-waiting',
  working: 'bg-working-tint text-working',
  done: 'bg-done-tint text-done',
  failed: 'bg-failed-tint text-failed',
  cancelled: 'bg-cancelled-tint text-cancelled',
  refunded: 'bg-refunded-tint text-refunded',
  doubt: 'bg-doubt-tint text-doubt',
};

/** Text alone in a tone. */
export const toneText: Record<Tone, string> = {
  waiting: 'text-waiting',
  working: 'text-working',
  done: 'text-done',
  failed: 'text-failed',
  cancelled: 'text-cancelled',
  refunded: 'text-refunded',
  doubt: 'text-doubt',
};
