import { type Devnet, startDevnet } from '@energy-desk/devnet';
import { randomBytes } from 'node:crypto';
import { type Address, addressOfKey } from '../../../server/src/chain/address.ts';
import type { RowContext } from '../row.ts';

export const SUN_PER_TRX = 1_000_000n;

/** Blocks until a block is solid. */
export const SOLID_LAG = 3;

/** A local TRON network of this row. @param blockMs `manual` makes blocks only by `step` */
export async function openNetwork(
  { defer }: RowContext,
  blockMs: number | 'manual',
): Promise<Devnet> {
  // A node's own limit of what waits for a block is not what is measured.
  const devnet = await startDevnet({ blockMs, solidLag: SOLID_LAG, maxPending: 1_000_000 });
  defer(() => devnet.stop());
  return devnet;
}

/** The local network's control endpoints. @throws with the network's words */
export async function control(url: string, name: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}/devnet/${name}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Activated accounts that belong to nobody. */
export async function makeReceivers(devnet: Devnet, count: number): Promise<Address[]> {
  const receivers = Array.from({ length: count }, () =>
    addressOfKey(randomBytes(32).toString('hex')),
  );
  for (const address of receivers) await control(devnet.url, 'fund', { address, sun: '1000000' });
  devnet.step();
  return receivers;
}

/** A key of an account with this much stake for Energy, and enough for the bandwidth of its work. */
export async function makeStake(devnet: Devnet, energyTrx: bigint): Promise<string> {
  const key = randomBytes(32).toString('hex');
  const address = addressOfKey(key);
  const sun = (trx: bigint): string => (trx * SUN_PER_TRX).toString();
  await control(devnet.url, 'fund', { address, sun: sun(10_000n) });
  const stakes = { ENERGY: energyTrx, BANDWIDTH: 1_000_000n };
  for (const [resource, trx] of Object.entries(stakes)) {
    await control(devnet.url, 'stake', { address, sun: sun(trx), resource });
  }
  return key;
}
