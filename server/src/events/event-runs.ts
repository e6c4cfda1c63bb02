import type { DeskEvent } from './event.ts';

/** So many are told together at the most: a reader takes them whole, or waits with them. */
export const MOST_IN_A_RUN = 16;

/** Events in pieces that are told together. */
export function runsOf(events: readonly DeskEvent[]): (readonly DeskEvent[])[] {
  if (events.length === 0) return [];
  if (events.length <= MOST_IN_A_RUN) return [events];
  return Array.from({ length: Math.ceil(events.length / MOST_IN_A_RUN) }, (_, run) =>
    events.slice(run * MOST_IN_A_RUN, (run + 1) * MOST_IN_A_RUN),
  );
}
