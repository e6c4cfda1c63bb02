import { fileURLToPath } from 'node:url';
import { assembleWork } from '../../../server/src/app/work.ts';
import type { Database } from '../../../server/src/database/database.ts';
import { query } from '../../../server/src/database/query.ts';
import { beginCursor } from '../../../server/src/following/chain-cursor.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { systemClock } from '../../../server/src/kernel/clock.ts';
import { SettingsStore } from '../../../server/src/settings/settings-store.ts';
import { cloneDatabase } from '../desk/bench-database.ts';
import { freePort } from '../desk/bench-postgres.ts';
import { ChildProgram } from '../desk/child-program.ts';
import { bench, ids } from '../desk/seed.ts';
import { watchingTemplate } from '../desk/watch-accounts.ts';
import { PAID_MICRO, paysTrx, paysUsdt } from '../desk/watched-accounts.ts';
import { connect, openChain } from '../desk/service-desk.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import type { Row, RowContext } from '../row.ts';

const TRANSACTIONS = 300;
/** Blocks to read in a round for each second that it shall last, at the goal. */
const GOAL_PER_SECOND = 200;
const LEAST_BLOCKS = 20;
/** The chain makes one every three seconds. */
const CHAIN_PER_SECOND = 1 / 3;

/** How many accounts are watched: the pace shall not depend on it. */
const FEW = 1_000;
const MANY = 1_000_000;

interface Filled {
  readonly url: string;
  readonly first: number;
  readonly last: number;
}

export const row: Row = {
  id: 'P8',
  roles: ['watcher'],
  title: 'The block reader catches up, 300 transactions a block',
  reference: 'the chain’s own pace; with 10⁶ watched accounts that with 10³',
  seconds: 1.5,
  async run(context) {
    const blocks = Math.max(LEAST_BLOCKS, Math.round(GOAL_PER_SECOND * context.seconds));
    context.say(`Filling ${blocks} blocks`);
    const filled = await startFullBlocks(context, blocks);
    context.say(`Watching ${MANY.toLocaleString('en')} accounts`);
    const [few, many] = [
      await watchingTemplate(context, FEW),
      await watchingTemplate(context, MANY),
    ];
    const breaks: string[] = [];
    const round = async (template: string): Promise<number> => {
      const { perSecond, problems } = await catchUp({ ...context, template }, filled);
      breaks.push(...problems);
      return perSecond;
    };
    const { ours, reference } = await inTurn(
      context,
      () => round(many),
      () => round(few),
    );
    return {
      figures: [
        figure(
          {
            name: '10³ accounts watched',
            unit: '/s',
            ours: reference,
            reference: reference.map(() => CHAIN_PER_SECOND),
          },
          { least: GOAL_PER_SECOND },
        ),
        figure(
          { name: '10⁶ accounts watched', unit: '/s', ours, reference },
          { least: GOAL_PER_SECOND },
        ),
      ],
      breaks,
      notes: [
        'Each block pays TRX to a watched account, every tenth USDT too; all of it has to be credited, nothing else. The clock starts behind the first bunch of blocks, with which a process takes in what is watched.',
        'The reader is alone in its process; the node that serves the blocks and PostgreSQL have theirs, on the same two cores.',
      ],
    };
  },
};

async function startFullBlocks(context: RowContext, blocks: number): Promise<Filled> {
  const port = await freePort();
  const readyUrl = `http://127.0.0.1:${port}`;
  const program = await ChildProgram.start({
    name: 'full-blocks',
    args: [fileURLToPath(new URL('../desk/full-blocks-server.ts', import.meta.url))],
    env: { PORT: `${port}`, BLOCKS: `${blocks}`, TRANSACTIONS: `${TRANSACTIONS}` },
    folder: context.folder,
    readyUrl,
    patienceMs: 60_000 + blocks * 1_000,
  });
  context.defer(() => program.stop());
  return (await (await fetch(readyUrl)).json()) as Filled;
}

/** Reads all full blocks on an empty database, as a watcher that was away for long. */
async function catchUp(
  context: RowContext,
  { url, first, last }: Filled,
): Promise<{ perSecond: number; problems: string[] }> {
  const database = await connect(context, await cloneDatabase(context));
  const chain = openChain(context, [url]);
  await chain.nodes.check();
  const before = await chain.nodes.read((node) => node.headerByNumber('solid', first - 1));
  await database.transaction(bench, (em) => beginCursor(em, 'solid', present(before, 'block')));
  const { reader } = assembleWork(
    {
      database,
      chain,
      clock: systemClock,
      ids,
      instanceName: 'bench',
      settings: new SettingsStore(() => database.read(), systemClock),
      report: () => undefined,
    },
    () => Promise.reject(new Error('nothing is signed here')),
  );
  // With its first bunch a process takes in what is watched: once in its life, and not counted.
  let read = await reader.readOnce();
  const counted = last - first + 1 - read;
  const begin = performance.now();
  while (read <= last - first) {
    const count = await reader.readOnce();
    if (count === 0) break;
    read += count;
  }
  const seconds = (performance.now() - begin) / 1_000;
  await reader.stop();
  const [kept] = await query<{ blocks: bigint; linked: bigint; cursor: bigint }>(
    database.read(),
    `select count(*) as blocks, count(p.number) as linked,
            (select number from chain_cursors where name = 'solid') as cursor
     from solid_blocks b left join solid_blocks p on p.number = b.number - 1 and p.id = b.parent_id
     where b.number between $1 and $2`,
    [first, last],
  );
  const wanted = BigInt(last - first + 1);
  const problems =
    kept?.blocks === wanted && kept.linked === wanted && kept.cursor >= last
      ? []
      : [`of ${wanted} blocks ${kept?.blocks ?? 0} were kept, ${kept?.linked ?? 0} linked`];
  problems.push(...(await breaksInCredits(database, last - first + 1)));
  return { perSecond: counted / seconds, problems };
}

/** Each payment to a watched account is credited, once and whole, and nothing else is. */
async function breaksInCredits(database: Database, blocks: number): Promise<string[]> {
  const all = Array.from({ length: blocks }, (_, block) => block);
  const wanted = { TRX: all.filter(paysTrx).length, USDT: all.filter(paysUsdt).length };
  const rows = await query<{ currency: string; state: string; count: bigint; amount: bigint }>(
    database.read(),
    `select currency, state, count(*) as count, sum(amount)::bigint as amount
     from deposits group by currency, state`,
  );
  const credited = rows.filter(({ state }) => state === 'CREDITED');
  const breaks = rows
    .filter(({ state }) => state !== 'CREDITED')
    .map(({ currency, state, count }) => `${count} deposits of ${currency} are ${state}`);
  for (const [currency, count] of Object.entries(wanted)) {
    const found = credited.find((one) => one.currency === currency);
    if (found?.count === BigInt(count) && found.amount === BigInt(count) * PAID_MICRO) continue;
    breaks.push(`of ${count} deposits of ${currency} ${found?.count ?? 0n} were credited`);
  }
  return breaks;
}
