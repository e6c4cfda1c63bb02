import { startDevnet } from '@energy-desk/devnet';
import { randomBytes } from 'node:crypto';
import { assembleChain } from '../app/chain.ts';
import { addressOfKey } from '../chain/address.ts';
import { Database } from '../database/database.ts';
import { startThrowawayPostgres } from '../database/embedded-postgres.ts';
import { migrate } from '../database/migrate.ts';
import { query } from '../database/query.ts';
import { DepositScanner } from '../deposits/deposit-scanner.ts';
import { BlockReader } from '../following/block-reader.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { UNIT } from '../kernel/money.ts';
import { systemRandom } from '../kernel/random.ts';
import { referenceData } from '../reference-data.ts';
import { change, changeSettings } from '../settings/change-settings.ts';

const PER_BLOCK = 300;
const SOLID_LAG = 3;
const WATCHED = 10_000;

/**
 * Measures how fast the reader with the scanner of deposits reads blocks of 300 transactions, half of
 * them transfers of USDT and one in a hundred to a watched address, among 10,000 that are watched.
 */
export async function catchUp(blocks: number): Promise<string> {
  const postgres = await startThrowawayPostgres();
  const devnet = await startDevnet({ blockMs: 'manual', solidLag: SOLID_LAG });
  await migrate(postgres.url, referenceData);
  const database = await Database.connect({
    url: postgres.url,
    poolSize: 4,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  const errors: unknown[] = [];
  const chain = assembleChain({
    nodeUrls: [devnet.url],
    apiKey: undefined,
    genesisId: undefined,
    clock: systemClock,
    random: systemRandom,
    report: (error) => void errors.push(error),
  });
  try {
    const till = addressOfKey(randomBytes(32).toString('hex'));
    const actor = system('measure');
    await database.transaction(actor, async (em) => {
      await changeSettings(em, actor, [change('deposits.addresses', [till])], 'to measure');
      await query(
        em,
        `insert into deposit_addresses (address, kind)
         select 'Twatched' || lpad(n::text, 26, '0'), 'FIXED' from generate_series(1, $1) as n`,
        [WATCHED],
      );
    });
    const strangers = Array.from({ length: 100 }, () =>
      addressOfKey(randomBytes(32).toString('hex')),
    );
    const fund = async (place: number): Promise<void> => {
      const address = place % 100 === 0 ? till : strangers[place % strangers.length];
      const body = place % 2 === 0 ? { usdt: (20n * UNIT).toString() } : { sun: '20000000' };
      const answer = await fetch(`${devnet.url}/devnet/fund`, {
        method: 'POST',
        body: JSON.stringify({ address, activate: false, ...body }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    };
    devnet.step(SOLID_LAG + 1);
    await chain.nodes.check();
    const reader = new BlockReader({
      database,
      nodes: chain.nodes,
      clock: systemClock,
      name: 'solid',
      startAt: 'solid-head',
      report: (error) => void errors.push(error),
      handlers: [
        new DepositScanner({
          database,
          nodes: chain.nodes,
          ids: new IdMaker(systemClock, systemRandom),
        }),
      ],
    });
    await reader.readOnce();
    for (let made = 0; made < blocks; made += 1) {
      for (let place = 0; place < PER_BLOCK; place += 10) {
        await Promise.all(Array.from({ length: 10 }, (_, more) => fund(place + more)));
      }
      devnet.step();
    }
    devnet.step(SOLID_LAG);
    await chain.nodes.check();
    const began = performance.now();
    let read = 0;
    for (let some = -1; some !== 0; read += some) some = await reader.readOnce();
    const seconds = (performance.now() - began) / 1_000;
    const [found] = await query<{ count: number }>(
      database.read(),
      `select count(*)::int as count from deposits`,
    );
    return (
      `catch-up: ${read} blocks, ${blocks} of them of ${PER_BLOCK} transactions, in ${seconds.toFixed(2)} s: ` +
      `${(read / seconds).toFixed(0)} blocks a second; ${found?.count ?? 0} deposits; ${errors.length} errors`
    );
  } finally {
    await chain.stop();
    await database.close();
    await devnet.stop();
    await postgres.stop();
  }
}
