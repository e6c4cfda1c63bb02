import { fileURLToPath } from 'node:url';
import { assembleWork } from '../../../server/src/app/work.ts';
import { query } from '../../../server/src/database/query.ts';
import { beginCursor } from '../../../server/src/following/chain-cursor.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { systemClock } from '../../../server/src/kernel/clock.ts';
import { SettingsStore } from '../../../server/src/settings/settings-store.ts';
import { cloneDatabase } from '../desk/bench-database.ts';
import { freePort } from '../desk/bench-postgres.ts';
import { ChildProgram } from '../desk/child-program.ts';
import { bench, ids } from '../desk/seed.ts';
import { connect, openChain } from '../desk/service-desk.ts';
import { figure } from '../measure/figure.ts';
import { repeated } from '../measure/rounds.ts';
import type { Row, RowContext } from '../row.ts';

const TRANSACTIONS = 300;
/** Blocks to read in a round for each second that it shall last, at the goal. */
const GOAL_PER_SECOND = 200;
const LEAST_BLOCKS = 20;
/** The chain makes one every three seconds. */
const CHAIN_PER_SECOND = 1 / 3;

interface Filled {
  readonly url: string;
  readonly first: number;
  readonly last: number;
}

export const row: Row = {
  id: 'P8',
  title: 'The block reader catches up, 300 transactions a block',
  reference: 'the chain’s own pace',
  seconds: 1,
  async run(context) {
    const blocks = Math.max(LEAST_BLOCKS, Math.round(GOAL_PER_SECOND * context.seconds));
    context.say(`Filling ${blocks} blocks`);
    const filled = await startFullBlocks(context, blocks);
    const breaks: string[] = [];
    const rates = await repeated(context.rounds, async () => {
      const { perSecond, problems } = await catchUp(context, filled);
      breaks.push(...problems);
      return perSecond;
    });
    return {
      figures: [
        figure(
          {
            name: 'blocks read and committed',
            unit: '/s',
            ours: rates,
            reference: rates.map(() => CHAIN_PER_SECOND),
          },
          { least: GOAL_PER_SECOND },
        ),
      ],
      breaks,
      missing: [
        'deposits are not read on this branch: neither their 10³ or 10⁶ watched addresses nor the time from solid to credited can be measured',
      ],
      notes: [
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
  let read = 0;
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
  return { perSecond: read / seconds, problems };
}
