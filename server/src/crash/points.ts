import type { Role } from './instance.ts';
import type { Strike } from './strike.ts';

/** What the desk is brought to do when the strike lies in wait. */
export type Story =
  /** orders are placed, delivered and taken back */
  | 'deliver'
  /** the strike is laid when everything is delivered */
  | 'reclaim'
  /** no node keeps anything that is sent, until the strike */
  | 'lose'
  /** nothing lands before the deadline */
  | 'miss'
  /** the deadline passes before anything was sent */
  | 'neglect'
  /** the orders are called back before anything was sent */
  | 'cancel'
  /** the pool's own accounts stake, unstake and pay */
  | 'treasurer';

/** A moment of the desk's work at which a process falls. */
export interface CrashPoint {
  readonly name: string;
  readonly role: Role;
  readonly story: Story;
  readonly strike: Omit<Strike, 'signal'>;
}

type Reach = Pick<CrashPoint, 'name'> & Omit<CrashPoint['strike'], 'on'>;

const sql = (role: Role, story: Story, points: readonly Reach[]): CrashPoint[] =>
  points.map(({ name, ...strike }) => ({ name, role, story, strike: { on: 'sql', ...strike } }));

const commit = '^commit ';

/** The moments before, in and after one transaction's commit. */
const around = (what: string, within: string): Reach[] => [
  { name: `${what}: before the commit`, match: commit, within, when: 'before' },
  { name: `${what}: during the commit`, match: commit, within, when: 'during' },
  { name: `${what}: after the commit`, match: commit, within, when: 'after' },
];

const attempt = (verb: string): Reach[] => [
  { name: `${verb}: locked, unclaimed`, match: 'insert into attempts', when: 'before' },
  {
    name: `${verb}: built, unsaved`,
    match: commit,
    within: 'insert into attempts',
    when: 'before',
  },
  {
    name: `${verb}: saved, unsigned`,
    match: commit,
    within: 'insert into attempts',
    when: 'after',
  },
  {
    name: `${verb}: signed, unsaved`,
    match: 'update attempts a set state = .SENDING',
    when: 'before',
  },
  ...around(`${verb}: SENDING`, "set state = 'SENDING'"),
];

const node = (verb: string, story: Story): CrashPoint[] => {
  const strike = { on: 'http', match: 'broadcasthex' } as const;
  return [
    {
      name: `${verb}: before the socket`,
      role: 'worker',
      story,
      strike: { ...strike, when: 'before' },
    },
    {
      name: `${verb}: on the socket`,
      role: 'worker',
      story,
      strike: { ...strike, when: 'during' },
    },
    { name: `${verb}: answer lost`, role: 'worker', story, strike: { ...strike, when: 'after' } },
    ...sql('worker', story, [
      { name: `${verb}: answer read, unsaved`, match: 'set last_node', when: 'before' },
    ]),
  ];
};

const inBlock = 'update attempts a set state = .5, included_block';

/** Every crash point of docs/reliability.md, in the order of an order's life. */
export const POINTS: readonly CrashPoint[] = [
  ...sql('api', 'deliver', around('place', 'insert into orders')),
  ...sql('api', 'cancel', around('cancel', "set state = 'CANCELLED', cancelled_at")),
  ...sql('worker', 'deliver', attempt('deliver')),
  ...node('deliver', 'deliver'),
  ...sql('watcher', 'deliver', [
    { name: 'included seen, unsaved', match: `${inBlock}.* INCLUDED`, when: 'before' },
    ...around('included', `${inBlock}.* INCLUDED`),
    { name: 'solid seen, unsaved', match: `${inBlock}.* SOLID`, when: 'before' },
    { name: 'inside settle: rental unmade', match: 'insert into rentals', when: 'before' },
    {
      name: 'inside settle: revenue unposted',
      match: 'post_transfers',
      within: 'insert into rentals',
      when: 'before',
    },
    {
      name: "inside a block's transaction: cursor unmoved",
      match: 'update chain_cursors',
      within: 'insert into rentals',
      when: 'before',
    },
    ...around('settle', 'insert into rentals'),
  ]),
  ...sql('worker', 'lose', [
    ...around('send again', 'set sends = sends . 1'),
    {
      name: 'after the proof of death: next attempt built, unsaved',
      match: commit,
      within: 'neverSent',
      when: 'before',
    },
  ]),
  ...sql('watcher', 'lose', around('proof of death', "set state = 'DEAD', dead_at")),
  ...sql('watcher', 'miss', [
    {
      name: 'inside refund: money unreturned',
      match: 'post_transfers',
      within: "set state = 'REFUNDED'",
      when: 'before',
    },
    ...around('refund', "set state = 'REFUNDED'"),
  ]),
  ...sql('worker', 'neglect', around('give up', "set state = 'REFUNDED'")),
  ...sql('watcher', 'reclaim', around('begin reclaim', "set state = 'RECLAIMING'")),
  ...sql('worker', 'reclaim', attempt('reclaim')),
  ...node('reclaim', 'reclaim'),
  ...sql('watcher', 'reclaim', around('reclaimed', "set state = 'RECLAIMED'")),
  ...sql('watcher', 'reclaim', around('capacity returned', "set state = 'RETURNED'")),
  // The same machine with other effects: what only those have is their hold on stake.
  ...sql(
    'worker',
    'treasurer',
    attempt('pool').filter(({ name }) => !/unclaimed|unsigned|during/.test(name)),
  ),
  ...node('pool', 'treasurer'),
  ...sql('watcher', 'treasurer', [
    { name: 'pool: inside solid, hold unsettled', match: "set state = 'SETTLING'", when: 'before' },
    ...around('pool solid', "set state = 'SETTLING'"),
  ]),
];
