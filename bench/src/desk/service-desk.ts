import type { Devnet } from '@energy-desk/devnet';
import path from 'node:path';
import { auditPlacedOrders } from '../../../server/src/app/audit-placed-orders.ts';
import { assembleChain, type ChainParts } from '../../../server/src/app/chain.ts';
import { ensureKeyPair } from '../../../server/src/app/key-pair.ts';
import { Database } from '../../../server/src/database/database.ts';
import { systemClock } from '../../../server/src/kernel/clock.ts';
import { systemRandom } from '../../../server/src/kernel/random.ts';
import { OrderIntake } from '../../../server/src/orders/order-intake.ts';
import { ReceiverCheck } from '../../../server/src/orders/receiver-check.ts';
import type { RowContext } from '../row.ts';
import { cloneDatabase } from './bench-database.ts';
import { openNetwork } from './network.ts';
import { bench, type DeskSize, ids, type Seeded, seedDesk } from './seed.ts';

/** As many connections as a process of the desk has by default. */
const POOL_SIZE = 10;
/** Checks of what a row has left read whole tables; what takes too long ends with the row itself. */
const TIMEOUT_MS = 3_600_000;
export const ENERGY = 65_000n;
export const DURATION = '1h';

/** The service behind the API in this process, on a database and a network of its own. */
export interface ServiceDesk extends Seeded {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly devnet: Devnet;
  readonly chain: ChainParts;
  readonly recipient: string;
  readonly identityFile: string;
  /** Ids of the orders that were acknowledged. */
  readonly acknowledged: string[];
  /** Places an order of the n-th user for the n-th receiver, round and round. */
  readonly place: (n: number) => Promise<void>;
}

/** Connects as the desk does. The row closes it. */
export async function connect(
  { defer }: RowContext,
  url: string,
  options: Pick<Parameters<typeof Database.connect>[0], 'onPool'> = {},
): Promise<Database> {
  const database = await Database.connect({
    url,
    poolSize: POOL_SIZE,
    entities: [],
    clock: systemClock,
    random: systemRandom,
    timeoutMs: TIMEOUT_MS,
    ...options,
  });
  defer(() => database.close());
  return database;
}

/** Everything that asks the nodes at these addresses. The row stops it. */
export function openChain({ defer }: RowContext, nodeUrls: readonly string[]): ChainParts {
  const chain = assembleChain({
    nodeUrls,
    apiKey: undefined,
    genesisId: undefined,
    clock: systemClock,
    random: systemRandom,
    report: () => undefined,
  });
  defer(() => chain.stop());
  return chain;
}

/** Opens and seeds it. @param blockMs pace of its network */
export async function openServiceDesk(
  context: RowContext,
  size: DeskSize,
  blockMs: number | 'manual' = 'manual',
): Promise<ServiceDesk> {
  const databaseUrl = await cloneDatabase(context);
  const devnet = await openNetwork(context, blockMs);
  const chain = openChain(context, [devnet.url]);
  const database = await connect(context, databaseUrl);
  const identityFile = path.join(context.folder, 'identity.age');
  const recipient = await ensureKeyPair(identityFile);
  const seeded = await seedDesk({ database, chain, devnet, recipient }, size);
  const intake = makeIntake(database, chain);
  const acknowledged: string[] = [];
  const place = async (n: number): Promise<void> => {
    const { orderId } = await intake.place(commandOf(seeded, n));
    acknowledged.push(orderId);
  };
  return {
    ...{ ...seeded, databaseUrl, database, devnet, chain, recipient, identityFile },
    ...{ acknowledged, place },
  };
}

/** The intake as an API process assembles it. */
export function makeIntake(database: Database, chain: ChainParts): OrderIntake {
  return new OrderIntake({
    database,
    ids,
    clock: systemClock,
    receivers: new ReceiverCheck((address) => chain.headAccount(address)),
    ratio: () => Promise.resolve(chain.parameters.current().energyRatio),
    closedBecause: () => undefined,
    record: auditPlacedOrders,
    wake: () => undefined,
  });
}

/** The n-th order: its own client order id, users and receivers in turn. */
export function commandOf(
  { telegramIds, receivers, clientId }: Seeded,
  n: number,
): Parameters<OrderIntake['place']>[0] {
  const telegramId = telegramIds[n % telegramIds.length];
  const receiver = receivers[n % receivers.length];
  if (telegramId === undefined || receiver === undefined) throw new Error('nobody is seeded');
  return {
    caller: `client:${clientId}`,
    clientId,
    actor: bench,
    clientOrderId: ids.next(),
    user: { by: 'telegramId', telegramId },
    energy: ENERGY,
    duration: DURATION,
    receiver,
    maxPriceSun: null,
    origin: { requestId: 'bench', remoteAddress: '127.0.0.1' },
  };
}
