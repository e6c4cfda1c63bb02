import { parseArgs } from 'node:util';
import { buildPrograms } from './build.ts';
import { catchUp } from './catch-up.ts';
import { creditLatency } from './deposit-latency.ts';
import { DepositPayers, type DepositUser } from './deposit-payers.ts';
import { storm } from './deposit-storm.ts';
import { House } from './house.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000' },
    blocks: { type: 'string', default: '40' },
    only: { type: 'string', multiple: true, default: ['storm', 'latency', 'catch-up'] },
  },
});
const wanted = new Set(values.only);

/** Eight users, one for each kind of payment. */
async function eight(payers: DepositPayers): Promise<DepositUser[]> {
  return Promise.all(
    Array.from({ length: 8 }, (_, place) => payers.user(String(60_000_000 + place))),
  );
}

let broken = 0;
if (wanted.has('catch-up')) console.log(await catchUp(Number(values.blocks)));
if (wanted.has('storm') || wanted.has('latency')) {
  await buildPrograms();
  const house = await House.start();
  try {
    const payers = await DepositPayers.open(house);
    if (wanted.has('storm')) console.log(await storm(house, payers, Number(values.users)));
    if (wanted.has('latency')) {
      const users = Array.from({ length: 12 }, () => eight(payers));
      console.log(await creditLatency(house, payers, (await Promise.all(users)).flat()));
    }
  } catch (error) {
    broken += 1;
    console.error(error, ...house.instances.map((one) => one.lastWords()));
  } finally {
    await house.stop();
  }
}
if (broken > 0) process.exitCode = 1;
