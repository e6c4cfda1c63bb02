import type { Strike } from './strike.ts';

/** A moment of the scanner's work at which the watcher falls. */
export interface DepositPoint {
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
export const DEPOSIT_POINTS: readonly DepositPoint[] = [
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
