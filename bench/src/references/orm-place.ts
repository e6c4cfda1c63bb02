import { LockMode, MikroORM } from '@mikro-orm/postgresql';
import { hash } from 'node:crypto';
import { present } from '../../../server/src/kernel/assert.ts';
import { orderNumber } from '../../../server/src/orders/order-number.ts';
import { ids } from '../desk/seed.ts';
import { commandOf, ENERGY, type ServiceDesk } from '../desk/service-desk.ts';
import {
  Account,
  Audit,
  ENTITIES,
  Entry,
  Event,
  Operation,
  Order,
  Reservation,
  Slice,
  Transfer,
  User,
  Wallet,
} from './orm-entities.ts';

const PRICE_SUN = 3_900_000n;
const STAKE_SUN = 10_000_000_000n;
const POOL_SIZE = 10;
const DELIVERY_MS = 600_000;

/**
 * Placing as it is commonly written: a transaction for each order, objects that are loaded, changed
 * and flushed by a unit of work. Locks the one wallet that delivers and the user's accounts, not more.
 * The same tables, triggers and rows as ours.
 * @returns what places the n-th order
 */
export async function openOrmPlacing(
  desk: ServiceDesk,
  defer: (end: () => unknown) => void,
): Promise<(n: number) => Promise<void>> {
  const orm = await openOrm(desk.databaseUrl);
  defer(() => orm.close());
  const wallets = await orm.em.fork().find(Wallet, {}, { orderBy: { id: 'asc' } });
  let open = wallets.map(({ id }) => id);
  return async (n) => {
    for (;;) {
      const walletId = present(open[n % open.length], 'wallet with stake');
      if (await place(orm, desk, walletId, n)) return;
      open = open.filter((id) => id !== walletId);
    }
  };
}

function openOrm(clientUrl: string) {
  return MikroORM.init({
    clientUrl,
    entities: ENTITIES,
    pool: { min: 0, max: POOL_SIZE },
    driverOptions: { options: '-c timezone=UTC -c desk.actor=SYSTEM::bench' },
  });
}

type Orm = Awaited<ReturnType<typeof openOrm>>;

/** @returns false when the wallet has nothing left to sell */
async function place(orm: Orm, desk: ServiceDesk, walletId: string, n: number): Promise<boolean> {
  const command = commandOf(desk, n);
  const telegramId = present(desk.telegramIds[n % desk.telegramIds.length], 'Telegram id');
  const id = ids.next();
  const isPlaced = await orm.em.fork().transactional(async (em) => {
    const { caller, clientOrderId } = command;
    const known = await em.findOne(Order, { caller, clientOrderId });
    if (known) throw new Error('placed before');
    const user = await em.findOneOrFail(User, { telegramId });
    const wallet = await em.findOneOrFail(
      Wallet,
      { id: walletId, state: 'ACTIVE' },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const accounts = await em.find(
      Account,
      { userId: user.id, asset: 'TRX' },
      { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const accountOf = (code: string) =>
      present(
        accounts.find((one) => one.code === code),
        code,
      );
    if (accountOf('user.available').balance < PRICE_SUN) throw new Error('not enough money');
    if (wallet.sellableSun - wallet.committedSun < STAKE_SUN) return false;
    const at = new Date();
    const deadlineAt = new Date(at.getTime() + DELIVERY_MS);
    const order = em.create(Order, {
      ...{ id, number: orderNumber(id), userId: user.id, caller, clientOrderId },
      ...{ clientId: desk.clientId, contentHash: hash('sha256', id, 'buffer'), energy: ENERGY },
      ...{ duration: command.duration, durationSeconds: 3_600, receiver: command.receiver },
      ...{ state: 'PENDING', priceSun: PRICE_SUN, pricePerEnergy: '60', settingsVersion: 1n },
      explanation: '65,000 Energy for 1 hour at 60 sun each: 3.9 TRX.',
      walletChoices: [{ strategy: 'BEST_FIT', chosen: [] }],
      ...{ placedBy: 'SYSTEM::bench', placedAt: at, deadlineAt, updatedAt: at },
    });
    const slice = em.create(Slice, {
      ...{ id: ids.next(), order, position: 1, walletId, energy: ENERGY },
      ...{ stakeSun: STAKE_SUN, state: 'RESERVED' },
    });
    em.create(Operation, {
      ...{ id: ids.next(), kind: 'DELEGATE', owner: wallet.address, receiver: command.receiver },
      ...{ amountSun: STAKE_SUN, resource: 'ENERGY', permissionId: 0, purpose: 'deliver' },
      ...{ reference: slice.id, deadlineAt, state: 'INTENDED' },
    });
    em.create(Reservation, { slice, walletId, sun: STAKE_SUN, state: 'HELD' });
    wallet.committedSun += STAKE_SUN;
    em.create(Event, { kind: 'inventory.changed', subjectKind: 'wallet', subjectId: walletId });
    const transfer = em.create(Transfer, {
      ...{ kind: 'order.hold', reference: id, actor: 'SYSTEM::bench', at },
    });
    const moves = { 'user.available': -PRICE_SUN, 'user.held': PRICE_SUN };
    for (const [code, amount] of Object.entries(moves)) {
      const account = accountOf(code);
      account.balance += amount;
      account.entries += 1n;
      em.create(Entry, {
        ...{ transfer, accountId: account.id, amount, at },
        ...{ balanceAfter: account.balance, position: account.entries },
      });
    }
    em.create(Audit, {
      ...{ actor: 'SYSTEM::bench', action: 'order.place', subjectKind: 'order', subjectId: id },
      ...{ details: { clientOrderId }, requestId: 'bench', remoteAddress: '127.0.0.1' },
    });
    return true;
  });
  if (isPlaced) desk.acknowledged.push(id);
  return isPlaced;
}
