import { setTimeout as pause } from 'node:timers/promises';
import { query } from '../../../server/src/database/query.ts';
import type { ServiceDesk } from './service-desk.ts';

const LOOK_MS = 50;
/** Between two blocks of an impatient network: time for what the one before began. */
const BLOCK_MS = 250;

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

/**
 * Every order is delivered by a solid block and its money earned, or refunded. The network makes blocks
 * faster than the chain until then: nothing is measured meanwhile.
 * @throws when not in time
 */
export async function untilSettled(
  { database, devnet }: Pick<ServiceDesk, 'database' | 'devnet'>,
  seconds: number,
): Promise<void> {
  await until('all orders are settled', seconds, async () => {
    await pause(BLOCK_MS);
    devnet.step();
    const [row] = await query<{ open: boolean }>(
      database.read(),
      `select exists (select from orders where state <> 'REFUNDED'
                      and not (state = 'COMPLETED' and revenue_at is not null)) as open`,
    );
    return row?.open === false;
  });
}
