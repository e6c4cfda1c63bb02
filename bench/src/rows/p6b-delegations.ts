import { randomBytes } from 'node:crypto';
import { addressOfKey } from '../../../server/src/chain/address.ts';
import { buildTransaction } from '../../../server/src/chain/build-transaction.ts';
import { signTransaction } from '../../../server/src/chain/sign-transaction.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { asOwner } from '../desk/bench-database.ts';
import { BroadcastWatch } from '../desk/broadcast-watch.ts';
import { breaksAgainstChain, breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk, type ProcessDesk } from '../desk/process-desk.ts';
import { until, untilSettled } from '../desk/until.ts';
import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import type { Row } from '../row.ts';

const WALLETS = 100;
/** Orders of a round for each second that it shall last, if the goal is reached. */
const GOAL_PER_SECOND = 500;
const PATIENCE_SECONDS = 180;
const IN_FLIGHT = 64;

export const row: Row = {
  id: 'P6b',
  title: 'Delegations built, signed, committed and sent over 100 wallets',
  reference: 'signing alone, in one process',
  seconds: 1,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: WALLETS, users: 500, receivers: 200 });
    await spreadOverWallets(desk);
    const watch = new BroadcastWatch(desk.devnet);
    await desk.start(['worker', 'watcher']);
    const signOne = signing(desk);
    let placed = 0;
    const { ours, reference } = await inTurn(
      context,
      async (seconds) => {
        const before = watch.count;
        const orders = Math.ceil(GOAL_PER_SECOND * seconds);
        const place = async (): Promise<void> => {
          for (; placed < before + orders;) await desk.place(placed++);
        };
        await hold(desk, true);
        await Promise.all(Array.from({ length: IN_FLIGHT }, place));
        await hold(desk, false);
        await until('all is sent', PATIENCE_SECONDS, () => watch.count >= placed);
        const { first, last } = present(watch.span(before), 'broadcasts of the round');
        return ((placed - before - 1) * 1_000) / (last - first);
      },
      (seconds) => closedLoop({ inFlight: 1, seconds, work: () => Promise.resolve(signOne()) }),
    );
    await untilSettled(desk, PATIENCE_SECONDS);
    return {
      figures: [
        figure(
          {
            name: 'delegations sent',
            unit: '/s',
            ours,
            reference: reference.map(({ perSecond }) => perSecond),
          },
          { least: GOAL_PER_SECOND },
        ),
      ],
      breaks: [
        ...(watch.count === placed ? [] : [`${placed} orders, ${watch.count} transactions`]),
        ...(await breaksInTables(desk.database, desk.acknowledged)),
        ...(await breaksAgainstChain(desk.database, desk.devnet.url)),
      ],
      notes: [
        'From the first to the last arrival of a round at the node. The orders wait until all of a round are placed: what is measured is the worker, not the placing. The same two cores hold the local network, which checks every signature.',
      ],
    };
  },
};

/** So that all wallets deliver, as they do where each has a part of the stock. */
async function spreadOverWallets({ databaseUrl }: ProcessDesk): Promise<void> {
  await asOwner(
    databaseUrl,
    `insert into settings (key, value, version) values ('wallets.allocation', '"SPREAD"', 1)`,
  );
}

/** Energy is not delegated while this is so; orders are taken. */
async function hold({ databaseUrl }: ProcessDesk, held: boolean): Promise<void> {
  await asOwner(
    databaseUrl,
    `update safe_mode set held_resources = $1::text[], version = version + 1`,
    [held ? ['ENERGY'] : []],
  );
}

function signing({ chain, receivers }: ProcessDesk): () => string {
  const key = randomBytes(32).toString('hex');
  const refBlock = present(chain.nodes.chainClock().head, 'head');
  const owner = addressOfKey(key);
  let timestampMs = refBlock.timeMs;
  return () => {
    timestampMs += 1;
    const effect = {
      kind: 'delegate' as const,
      owner,
      receiver: present(receivers[0], 'receiver'),
      amountSun: 1_000_000_000n,
      resource: 'ENERGY' as const,
    };
    const frame = { refBlock, expirationMs: timestampMs + 60_000, timestampMs, permissionId: 0 };
    return signTransaction(buildTransaction(effect, frame).rawDataHex, key).signedHex;
  };
}
