import { randomBytes } from 'node:crypto';
import { type Address, addressOfKey } from '../../server/src/chain/address.ts';
import { system } from '../../server/src/kernel/actor.ts';
import { change, changeSettings } from '../../server/src/settings/change-settings.ts';
import type { TestDesk } from '../../server/src/testing/test-desk.ts';

export interface KnownWallet {
  readonly id: string;
  /** Its private key, which a test needs to do what the desk has not asked for. */
  readonly key: string;
  readonly address: Address;
}

/** A wallet of the pool with 50,000 TRX staked, whose key the test knows. */
export async function knownWallet(desk: TestDesk, label: string): Promise<KnownWallet> {
  const key = randomBytes(32).toString('hex');
  const address = addressOfKey(key);
  await desk.control('fund', { address, sun: '500000000' });
  await desk.control('stake', { address, sun: '50000000000', resource: 'ENERGY' });
  await desk.control('step', { blocks: 6 });
  const admin = await desk.operator('ADMIN');
  const { registerWallet } = await admin.request<{ registerWallet: { id: string } }>(
    `mutation Register($input: RegisterWalletInput!) { registerWallet(input: $input) { id } }`,
    { input: { label, privateKey: key, permissionId: 0 } },
  );
  return { id: registerWallet.id, key, address };
}

/** Compares chain and books every second: a test has no time. */
export async function inspectQuickly(desk: TestDesk): Promise<void> {
  const actor = system('test');
  await desk.app.database.transaction(actor, (em) =>
    changeSettings(em, actor, [change('inspection.everySeconds', 1)], 'a test has no time'),
  );
}
