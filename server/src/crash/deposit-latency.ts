import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../testing/wait-until.ts';
import { readEverything } from './deposit-judge.ts';
import type { DepositPayers, DepositUser, SentPayment } from './deposit-payers.ts';
import type { House } from './house.ts';

/** How long after its block is solid at the node a deposit is credited, in a desk that is left alone. */
export async function creditLatency(
  house: House,
  payers: DepositPayers,
  users: readonly DepositUser[],
): Promise<string> {
  const { chain } = house.devnet;
  const solidAt = new Map<number, number>();
  let last = chain.solid;
  // Milliseconds are what is asked for: the node is looked at in each of them.
  const watch = setInterval(() => {
    for (; last < chain.solid; last += 1) solidAt.set(last + 1, Date.now());
  }, 1);
  const payments: SentPayment[] = [];
  try {
    for (const [place, user] of users.entries()) {
      payments.push(payers.pay(user, 1_000_000 + place));
      await pause(50);
    }
    await readEverything(house);
    await waitUntil('all are credited', async () => {
      const { rows } = await house.sql.query<{ count: number }>(
        `select count(*)::int as count from deposits where txid = any($1::text[]) and state = 'CREDITED'`,
        [payments.map(({ txid }) => txid)],
      );
      return rows[0]?.count === payments.filter(({ credit }) => credit > 0n).length;
    });
  } finally {
    clearInterval(watch);
  }
  const { rows } = await house.sql.query<{ block: string; at: Date }>(
    `select block, settled_at as at from deposits where txid = any($1::text[]) and state = 'CREDITED'`,
    [payments.map(({ txid }) => txid)],
  );
  const waits = rows
    .flatMap(({ block, at }) => {
      const solid = solidAt.get(Number(block));
      return solid === undefined ? [] : [at.getTime() - solid];
    })
    .sort((one, other) => one - other);
  const at = (share: number): number => waits[Math.floor(share * (waits.length - 1))] ?? NaN;
  return `credited after solid: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, ${at(1)} ms at the most, of ${waits.length} deposits at ${BLOCKS} blocks a second`;
}

/** The house's network makes a block every 200 ms. */
const BLOCKS = 5;
