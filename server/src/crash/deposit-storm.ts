import { setTimeout as pause } from 'node:timers/promises';
import { judgeDeposits, readEverything } from './deposit-judge.ts';
import type { DepositPayers, DepositUser, SentPayment } from './deposit-payers.ts';
import { type House } from './house.ts';
import type { Role } from './instance.ts';

/** Users who are given their address at once. */
const AT_ONCE = 8;
/** What is killed how often, of twenty; the watcher is the one that reads deposits. */
const VICTIMS: readonly (Role | 'postgres' | 'fork')[] = [
  ...Array.from({ length: 11 }, () => 'watcher' as const),
  ...Array.from({ length: 3 }, () => 'api' as const),
  ...Array.from({ length: 2 }, () => 'worker' as const),
  ...Array.from({ length: 1 }, () => 'postgres' as const),
  ...Array.from({ length: 3 }, () => 'fork' as const),
];

/** Each of so many users is given an address and pays, while processes are killed at random. */
export async function storm(house: House, payers: DepositPayers, users: number): Promise<string> {
  const began = performance.now();
  const payments: SentPayment[] = [];
  const killed = new Map<string, number>();
  const paying = new AbortController();
  const killing = (async () => {
    while (!paying.signal.aborted) {
      await pause(300 + Math.random() * 1_500);
      const victim = VICTIMS[Math.floor(Math.random() * VICTIMS.length)] ?? 'watcher';
      await strike(house, victim);
      killed.set(victim, (killed.get(victim) ?? 0) + 1);
    }
  })();
  let next = 0;
  const each = async (): Promise<void> => {
    for (let place = next++; place < users; place = next++) {
      const user: DepositUser = await payers.user(String(70_000_000 + place));
      for (let again = 0; again <= place % 3; again += 1) {
        payments.push(payers.pay(user, place + again * users));
        await pause(5);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, each));
  } finally {
    paying.abort();
    await killing;
  }
  const paidFor = (performance.now() - began) / 1_000;
  await house.tidy();
  await readEverything(house);
  const credited = await judgeDeposits(house, payments);
  const kills = [...killed].map(([what, times]) => `${what} ${times}`).join(', ');
  return (
    `${users} users, ${payments.length} payments in ${paidFor.toFixed(0)} s, killed or forked: ${kills}; ` +
    `${credited} credited, each once, ${payments.length - credited} failed calls credited never, books = chain`
  );
}

async function strike(house: House, victim: Role | 'postgres' | 'fork'): Promise<void> {
  if (victim === 'postgres') {
    await house.restartPostgres();
    return;
  }
  if (victim === 'fork') {
    await house.control('fork', { depth: 2 });
    return;
  }
  const [one] = house.of(victim);
  if (!one) return;
  // Half of the time another is there before.
  const other = Math.random() < 0.5 ? await house.add(victim) : undefined;
  await one.kill();
  if (!other) await house.add(victim, { name: one.name });
}
