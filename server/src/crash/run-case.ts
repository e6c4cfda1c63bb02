import type { Case, CrashCase, DepositCase, FaultCase, Recovery } from './cases.ts';
import type { Acknowledged } from './client.ts';
import { readEverything } from './deposit-judge.ts';
import { beginDeposits } from './deposit-story.ts';
import { eventually } from './eventually.ts';
import { type House, LEASE_SECONDS } from './house.ts';
import type { Instance } from './instance.ts';
import { atRest, comeToRest, judge } from './judge.ts';
import type { Story } from './points.ts';
import { judgePool } from './pool-story.ts';
import { begin, placeOrders } from './stories.ts';
import type { Strike } from './strike.ts';

type End = 'delivered' | 'refunded';

/** How every order of a story must end; the other end is a break as well. */
const END: Readonly<Record<Story, End>> = {
  deliver: 'delivered',
  reclaim: 'delivered',
  lose: 'delivered',
  miss: 'refunded',
  neglect: 'refunded',
  cancel: 'refunded',
  // Without orders: its operations are judged.
  treasurer: 'delivered',
};

/** How a case ended; `broken` says what must not be. */
export interface Outcome {
  readonly name: string;
  readonly said: string;
  readonly broken: boolean;
  readonly seconds: number;
}

/** Runs one case and leaves the house at rest with one instance of each role, unless it is broken. */
export async function runCase(house: House, one: Case): Promise<Outcome> {
  const began = performance.now();
  const told = (said: string, broken: boolean): Outcome => ({
    name: one.name,
    said,
    broken,
    seconds: (performance.now() - began) / 1_000,
  });
  try {
    const said = await play(house, one);
    const restarts = house.takeRestarts();
    return told(restarts === 0 ? said : `${said}, ${restarts} starts repeated`, false);
  } catch (error) {
    return told(error instanceof Error ? error.message : String(error), true);
  }
}

function play(house: House, one: Case): Promise<string> {
  if ('point' in one) return crash(house, one);
  return 'deposit' in one ? payIn(house, one) : disturb(house, one);
}

async function disturb(house: House, { fault }: FaultCase): Promise<string> {
  await house.control('faults', fault);
  const orders = await placeOrders(house);
  await comeToRest(house);
  await house.control('faults', {}, 'DELETE');
  return tell(house, orders, 'delivered');
}

/** A process that is to wake again is only stopped. */
const signalOf = (recovery: Recovery): Strike['signal'] =>
  recovery === 'frozen' || recovery === 'postgres' ? 'SIGSTOP' : 'SIGKILL';

async function payIn(house: House, { deposit, recovery }: DepositCase): Promise<string> {
  const signal = signalOf(recovery);
  const { victim, judge: judgePayments } = await beginDeposits(house, {
    ...deposit.strike,
    signal,
  });
  await eventually('the watcher falls', () => victim.struck());
  // Another reads all of it before the sleeper wakes, and not only for as long as a lease.
  const note = await recover(house, victim, recovery, async () => {
    await readEverything(house);
    return true;
  });
  await house.tidy();
  return (await judgePayments()) + note;
}

async function crash(house: House, { point, recovery }: CrashCase): Promise<string> {
  const { victim, orders, operations } = await begin(house, point, {
    ...point.strike,
    signal: signalOf(recovery),
  });
  // Awaited below; until then its failure is no unhandled one.
  orders.catch(() => undefined);
  await eventually('the process falls', () => victim.struck());
  // What was lost so far stays lost; what comes now lands.
  if (point.story === 'lose') await house.control('faults', {}, 'DELETE');
  const note = await recover(house, victim, recovery);
  const acknowledged = await orders;
  await house.tidy();
  await comeToRest(house);
  await house.control('faults', {}, 'DELETE');
  const told = await tell(house, acknowledged, END[point.story]);
  return (operations === undefined ? told : await judgePool(house, operations)) + note;
}

/**
 * @param pass lets time go by while a process stands still; tells whether all was settled without it
 * @returns what is worth telling of it
 */
async function recover(
  house: House,
  victim: Instance,
  recovery: Recovery,
  pass = outlast,
): Promise<string> {
  const { role, name } = victim;
  switch (recovery) {
    case 'restart':
      await victim.kill();
      await house.add(role, { name });
      return '';
    case 'takeover':
      await victim.kill();
      await house.add(role);
      return '';
    case 'postgres':
      await house.restartPostgres();
      victim.signal('SIGCONT');
      return '';
    case 'frozen': {
      await house.add(role);
      const without = await pass(house);
      victim.signal('SIGCONT');
      return without ? ', settled without it' : '';
    }
  }
}

/**
 * Waits until the lease of a process that stands still is lost by the database's clock, and some
 * more for whoever takes over.
 * @returns whether everything was settled before
 */
async function outlast(house: House): Promise<boolean> {
  const { rows } = await house.sql.query<{ until: Date }>(
    'select now() + make_interval(secs => $1) as until',
    [LEASE_SECONDS + 3],
  );
  const until = rows[0]?.until;
  return eventually('its lease is lost', async () => {
    const late = await house.sql.query<{ late: boolean }>('select now() > $1 as late', [until]);
    if (late.rows[0]?.late !== true) return undefined;
    return { settled: await atRest(house) };
  }).then(({ settled }) => settled);
}

async function tell(house: House, orders: readonly Acknowledged[], end: End): Promise<string> {
  const ended = await judge(house, orders);
  if (ended[end] !== orders.length) {
    const { delivered, refunded } = ended;
    throw new Error(`${delivered} delivered, ${refunded} refunded, where all must be ${end}`);
  }
  return `${orders.length} ${end} once`;
}
