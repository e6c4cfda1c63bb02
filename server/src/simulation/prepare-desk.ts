import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { OWN_ADDRESSES, TILL, USERS } from './cast.ts';
import { DeskProcess } from './desk-process.ts';
import { SeededRandom } from './seeded-random.ts';
import { operator, World } from './world.ts';
import type { Theatre } from './theatre.ts';

/** The desk at the beginning of every history: pool and users, and a first look at the chain. */
export async function prepareDesk(theatre: Theatre): Promise<void> {
  if (await theatre.stage.restore()) return;
  const world = new World(theatre, 0);
  await theatre.database.transaction(operator, async (em) => {
    const ids = new IdMaker(theatre.clock, new SeededRandom(2));
    await query(
      em,
      `insert into settings (key, value, version) values ('orders.deliverySeconds', '120', 1)`,
    );
    await query(
      em,
      `insert into wallets (id, address, label, state)
       select id, address, address, 'ACTIVE' from unnest($1::uuid[], $2::text[]) as w(id, address)`,
      [world.wallets.map(() => ids.next()), world.wallets],
    );
    await query(
      em,
      `insert into wallet_keys (wallet_id, sealed, recipient)
       select id, address, 'simulation' from wallets`,
    );
    await query(
      em,
      `insert into settings (key, value, version)
       values ('deposits.addresses', jsonb_build_array($1::text), 2)`,
      [TILL],
    );
    await query(em, `insert into deposit_addresses (address, kind) values ($1, 'FIXED')`, [TILL]);
    for (const [place, { telegramId, fundsSun }] of USERS.entries()) {
      const [user] = await ensureUsers(em, ids, [{ by: 'telegramId', telegramId }]);
      const { id } = present(user, 'user');
      await query(
        em,
        `insert into deposit_addresses (address, kind, user_id) values ($1, 'USER', $2)`,
        [OWN_ADDRESSES[place], id],
      );
      const accounts = await userAccounts(em, [id], 'TRX', { lock: false });
      const counterpart = await systemAccount(em, 'desk.adjustments', 'TRX');
      await postTransfers(em, operator, [
        {
          kind: 'adjustment',
          reference: ids.next(),
          postings: [
            { account: present(accounts.get(id), 'accounts').available.id, amount: fundsSun },
            { account: counterpart, amount: -fundsSun },
          ],
        },
      ]);
    }
  });
  const desk = new DeskProcess(world, 'zero', 'zero');
  for (const step of [desk.steps.check, desk.steps.read, desk.steps.observe]) await step();
  world.local.close();
  await theatre.stage.remember();
}
