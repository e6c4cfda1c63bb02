import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { startTestDesk, type TestDesk } from '../testing/test-desk.ts';
import { type Address, addressToHex } from '../chain/address.ts';
import { waitUntil } from '../testing/wait-until.ts';

const PLACE = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { id } }`;
const ORDERS = 20;

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
});
afterAll(async () => {
  await desk.stop();
});

interface Ready {
  dependencies: { name: string; status: string }[];
}

async function signerStatus(): Promise<string | undefined> {
  const response = await fetch(`${desk.url}/readyz`);
  const { dependencies } = (await response.json()) as Ready;
  return dependencies.find(({ name }) => name === 'signer')?.status;
}

/** What the local network has executed: how often each of these got something delegated. */
async function delegations(receivers: readonly Address[]): Promise<number[]> {
  const wallets = await query<{ address: string }>(
    desk.app.database.read(),
    'select address from wallets',
  );
  const owners = wallets.map(({ address }) => address);
  const { entries } = (await desk.control('record', { owners })) as {
    entries: { kind: string; receiver?: string }[];
  };
  const made = entries.filter(({ kind }) => kind === 'delegate');
  return receivers
    .map(addressToHex)
    .map((hex) => made.filter(({ receiver }) => receiver === hex).length);
}

/** Kills the signer that runs now, if one does. */
function kill(): number | undefined {
  const pid = desk.app.signer?.pid;
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has just been killed, and the next one is not there yet.
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
  return pid;
}

it('loses no order and delivers none twice while the signer is killed again and again', async () => {
  const bot = desk.bot();
  const killed = new Set<number | undefined>();
  const receivers: Address[] = [];
  for (let number = 0; number < ORDERS; number += 1) {
    const receiver = await desk.address();
    receivers.push(receiver);
    const input = {
      clientOrderId: `order ${number}`,
      user: { telegramId: desk.seeded.demoUser.telegramId },
      energy: '65000',
      duration: '1h',
      receiver,
    };
    await bot.request(PLACE, { input });
    if (number % 2 === 0) killed.add(kill());
  }
  await waitUntil('all are delivered', async () => {
    const rows = await query<{ state: string }>(
      desk.app.database.read(),
      `select state from orders where state <> 'COMPLETED'`,
    );
    return rows.length === 0;
  });
  expect(killed.size).toBeGreaterThan(2);
  expect(await delegations(receivers)).toEqual(receivers.map(() => 1));
  await waitUntil('/readyz sees the signer', async () => (await signerStatus()) === 'UP');
  await desk.expectBooksAndChainAgree();

  const sealed = await query<{ sealed: string }>(
    desk.app.database.read(),
    'select sealed from wallet_keys',
  );
  const logged = desk.logged.join('\n');
  expect(logged).toContain('SIGKILL');
  for (const key of sealed) expect(logged).not.toContain(key.sealed.split('\n')[3]);
  expect(logged).not.toContain('AGE-SECRET-KEY');
});
