import { UNIT } from '../kernel/money.ts';
import { type Address, addressFromHex, addressOfKey } from '../chain/address.ts';
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

/** Somebody outside, who pays in. */
export const PAYER = account();
/** The deposit address for everybody, and each user's own. */
export const TILL: Address = account().address;
export const OWN_ADDRESSES: readonly Address[] = USERS.map(() => account().address);
/** Contracts of the local network: USDT, what calls itself so, and one that pays onwards. */
export const USDT: Address = addressFromHex('41a614f803b6fd780986a42c78ec9c7f77e6ded13c');
export const FAKE_USDT: Address = addressFromHex('41fa4e00000000000000000000000000000000fa4e');
export const PAYOUT: Address = addressFromHex('41ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7b');
