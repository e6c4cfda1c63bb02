import { waitUntil } from '../testing/wait-until.ts';
import { balancesOf, judgeDeposits, readEverything } from './deposit-judge.ts';
import type { DepositPayers, DepositUser } from './deposit-payers.ts';
import type { House } from './house.ts';
import type { Strike } from './strike.ts';

/** A moment of the scanner's work at which the watcher falls. */
interface DepositPoint {
  readonly name: string;
  readonly strike: Omit<Strike, 'signal'>;
}

const written = 'insert into deposits';
const posted = 'post_transfers';
const commit = '^commit ';

const around = (what: string, within: string): DepositPoint[] =>
  (['before', 'during', 'after'] as const).map((when) => ({
    name: `${what}: ${when} the commit`,
    strike: { on: 'sql', match: commit, within, when },
  }));

/** The life of a deposit, from the head block on. */
const DEPOSIT_POINTS: readonly DepositPoint[] = [
  // No deposit is posted at the head: the first that is written is one that is only seen.
  ...around('deposit seen', written),
  {
    name: 'receipts asked for',
    strike: { on: 'http', match: 'gettransactioninfobyblocknum', when: 'before' },
  },
  {
    name: 'receipts unread',
    strike: { on: 'http', match: 'gettransactioninfobyblocknum', when: 'after' },
  },
  {
    name: 'inside credit: row written, money unposted',
    strike: { on: 'sql', match: posted, within: written, when: 'before' },
  },
  {
    name: 'inside credit: posted, cursor unmoved',
    strike: { on: 'sql', match: 'update chain_cursors', within: posted, when: 'before' },
  },
  {
    name: 'inside credit: cursor moved, uncommitted',
    strike: { on: 'sql', match: 'update chain_cursors', within: posted, when: 'after' },
  },
  ...around('credit', posted),
];

const RECOVERIES = ['restart', 'takeover', 'frozen', 'postgres'] as const;

export const DEPOSIT_CASES = DEPOSIT_POINTS.flatMap((point) =>
  RECOVERIES.map((recovery) => ({ ...point, recovery, name: `${point.name} / ${recovery}` })),
);

/** Payments of every kind, the watcher falls in the midst, and all of it must come right. */
export async function runDepositCase(
  house: House,
  payers: DepositPayers,
  users: readonly DepositUser[],
  { strike, recovery }: (typeof DEPOSIT_CASES)[number],
  first: number,
): Promise<string> {
  const standing = recovery === 'frozen' || recovery === 'postgres';
  const [victim] = house.of('watcher');
  if (!victim) throw new Error('no watcher runs');
  const before = await balancesOf(house, users);
  victim.arm({ ...strike, signal: standing ? 'SIGSTOP' : 'SIGKILL' });
  const payments = users.map((user, place) => payers.pay(user, first + place));
  await waitUntil('the watcher falls', () => victim.struck());
  if (recovery === 'postgres') {
    await house.restartPostgres();
    victim.signal('SIGCONT');
  } else if (recovery === 'frozen') {
    await house.add('watcher');
    await readEverything(house);
    victim.signal('SIGCONT');
  } else {
    await victim.kill();
    await house.add('watcher', recovery === 'restart' ? { name: victim.name } : {});
  }
  await readEverything(house);
  await house.tidy();
  const credited = await judgeDeposits(house, payments, before);
  return `${credited} credited once`;
}
