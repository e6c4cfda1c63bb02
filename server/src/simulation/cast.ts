import { UNIT } from '../kernel/money.ts';
import { type Address, addressOfKey } from '../chain/address.ts';
import { SeededRandom } from './seeded-random.ts';

export interface SimulatedUser {
  readonly telegramId: bigint;
  readonly fundsSun: bigint;
}

export interface SimulatedWallet {
  readonly key: string;
  readonly address: Address;
  readonly stakeSun: bigint;
}

const STAKES_TRX = [22_000n, 30_000n, 16_000n];
const FUNDS_TRX = [6n, 40n, 400n];
const RECEIVERS = 3;

const random = new SeededRandom(1);

function account(): { key: string; address: Address } {
  const key = random.bytes(32).toString('hex');
  return { key, address: addressOfKey(key) };
}

/** Who takes part, the same in every history: making keys costs more than the rest of a beginning. */
export const WALLETS: readonly SimulatedWallet[] = STAKES_TRX.map((trx) => ({
  ...account(),
  stakeSun: trx * UNIT,
}));
export const RECEIVERS_OF_ENERGY: readonly Address[] = Array.from(
  { length: RECEIVERS },
  () => account().address,
);
export const USERS: readonly SimulatedUser[] = FUNDS_TRX.map((trx, index) => ({
  telegramId: BigInt(1_000 + index),
  fundsSun: trx * UNIT,
}));
