import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { addressOfKey } from '../../../server/src/chain/address.ts';
import { query } from '../../../server/src/database/query.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { control } from '../desk/network.ts';
import { openProcessDesk, type ProcessDesk } from '../desk/process-desk.ts';
import { addClient, bench } from '../desk/seed.ts';
import { openSubscriber } from '../desk/subscribers.ts';
import { until } from '../desk/until.ts';
import { figure } from '../measure/figure.ts';
import { Latencies } from '../measure/latency.ts';
import { repeated } from '../measure/rounds.ts';
import type { Row } from '../row.ts';

const USERS = 20;
const BLOCK_MS = 500;
const PER_SECOND = 10;
const LEAST_SUN = 20_000_000;
const PATIENCE_SECONDS = 60;

const STREAM = `subscription { depositChanged { cursor deposit { id txid block state } } }`;

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly depositChanged: { readonly deposit: Pushed } };
  };
}

interface Pushed {
  readonly txid: string;
  readonly block: number;
  readonly state: string;
}

export const row: Row = {
  id: 'P8b',
  title: 'From a deposit’s solid block to its credit, pushed to who listens',
  reference: 'none: the goal is absolute',
  seconds: 1,
  async run(context) {
    const desk = await openProcessDesk(context, {
      wallets: 1,
      users: USERS,
      receivers: 1,
      blockMs: BLOCK_MS,
    });
    const addresses = await giveAddresses(desk);
    const { apiKey } = await addClient(desk.database, 'ANALYST');
    const server = await desk.start(['api', 'worker', 'watcher']);
    const socket = await openSubscriber(server.url, apiKey, STREAM);
    context.defer(() => socket.terminate());
    const credited = new Map<string, { readonly block: number; readonly at: number }>();
    const strange: string[] = [];
    socket.on('message', (data: Buffer) => {
      const at = performance.now();
      const message = JSON.parse(data.toString()) as Message;
      const deposit = message.payload?.data?.depositChanged.deposit;
      if (deposit?.state !== 'CREDITED') return;
      if (credited.has(deposit.txid)) strange.push(`${deposit.txid} was credited twice`);
      credited.set(deposit.txid, { block: deposit.block, at });
    });
    const solidAt = watchSolid(desk, context.defer);
    const paid: string[] = [];
    const waits = await repeated(context, async (seconds) => {
      const round: string[] = [];
      for (let n = 0; n < PER_SECOND * seconds; n += 1) {
        round.push(await pay(desk, addresses, paid.length + round.length));
        await pause(1_000 / PER_SECOND);
      }
      paid.push(...round);
      await until('all is credited', PATIENCE_SECONDS, () => round.every((id) => credited.has(id)));
      const latency = new Latencies();
      for (const txid of round) {
        const { block, at } = credited.get(txid) ?? { block: 0, at: 0 };
        latency.record(Math.max(0, at - (solidAt.get(block) ?? 0)));
      }
      return latency;
    });
    const at = (percent: number): number[] => waits.map((one) => one.percentile(percent));
    if (credited.size !== paid.length) {
      strange.push(`${credited.size} deposits were credited, ${paid.length} paid`);
    }
    return {
      figures: [
        figure({ name: 'credited and pushed p50', unit: 'ms', ours: at(50) }),
        figure({ name: 'credited and pushed p99', unit: 'ms', ours: at(99) }, { most: 300 }),
      ],
      breaks: [...strange, ...(await breaksInTables(desk.database, []))],
      notes: [
        `${PER_SECOND} deposits a second to addresses of ${USERS} users, a block every ${BLOCK_MS} ms; all three roles in one process. From the moment in which the node's solid head reaches the block to the message on the socket.`,
      ],
    };
  },
};

/** Each user has an address of his own. */
async function giveAddresses({ database }: ProcessDesk): Promise<string[]> {
  const addresses = Array.from({ length: USERS }, () =>
    addressOfKey(randomBytes(32).toString('hex')),
  );
  await database.transaction(bench, (em) =>
    query(
      em,
      `insert into deposit_addresses (address, kind, user_id, account_key, path_index)
       select a.address, 'USER', u.id, 'bench', a.nr
       from unnest($1::text[]) with ordinality as a(address, nr)
       join (select id, row_number() over (order by id) as nr from users) u on u.nr = a.nr`,
      [addresses],
    ),
  );
  return addresses;
}

/** @returns the id of the transaction that pays the n-th deposit */
async function pay(
  { devnet }: ProcessDesk,
  addresses: readonly string[],
  n: number,
): Promise<string> {
  const address = addresses[n % addresses.length];
  const sun = (LEAST_SUN + n).toString();
  const { txids } = (await control(devnet.url, 'fund', { address, sun })) as { txids: string[] };
  return present(txids[0], 'transaction');
}

/** When each block became solid at the node. */
function watchSolid(
  { devnet: { chain } }: ProcessDesk,
  defer: (end: () => unknown) => void,
): ReadonlyMap<number, number> {
  const at = new Map<number, number>();
  let last = chain.solid;
  // Milliseconds are what is asked for: the node is looked at in each of them.
  const watch = setInterval(() => {
    for (; last < chain.solid; last += 1) at.set(last + 1, performance.now());
  }, 1);
  defer(() => clearInterval(watch));
  return at;
}
