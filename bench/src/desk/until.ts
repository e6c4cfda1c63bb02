import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../../server/src/database/database.ts';
import { query } from '../../../server/src/database/query.ts';

const LOOK_MS = 50;

/** Looks again and again until it holds. @throws with what was waited for, once the time is over */
export async function until(
  what: string,
  seconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const giveUp = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > giveUp) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await pause(LOOK_MS);
  }
}

/** Every order is delivered by a solid block and its money earned, or refunded. @throws when not in time */
export async function untilSettled(database: Database, seconds: number): Promise<void> {
  await until('all orders are settled', seconds, async () => {
    const [row] = await query<{ open: boolean }>(
      database.read(),
      `select exists (select from orders where state <> 'REFUNDED'
                      and not (state = 'COMPLETED' and revenue_at is not null)) as open`,
    );
    return row?.open === false;
  });
}
