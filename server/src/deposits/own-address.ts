import { HDKey } from '@scure/bip32';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { assert, present } from '../kernel/assert.ts';
import { addressFromHex, type Address } from '../chain/address.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { watchFixed } from './watched-addresses.ts';

/** BIP-44: addresses for others to pay to are on chain 0 of the account. */
const EXTERNAL = 0;

/**
 * The address m/44'/195'/0'/0/index, from the account's extended public key alone.
 * @param index from 0 to 2³¹ - 1
 */
export function deriveAddress(accountKey: string, index: number): Address {
  const child = HDKey.fromExtendedKey(accountKey).deriveChild(EXTERNAL).deriveChild(index);
  const point = secp256k1.Point.fromBytes(present(child.publicKey, 'public key')).toBytes(false);
  const digest = Buffer.from(keccak_256(point.subarray(1)));
  return addressFromHex(`41${digest.subarray(12).toString('hex')}`);
}

/** Where a user pays to. */
export interface PayTo {
  readonly address: Address;
  /** Whether nobody else pays there. */
  readonly own: boolean;
}

/** The address that a user was given before, or that everybody pays to; null where there is none. */
export async function payToOf(
  em: EntityManager,
  values: SettingValues,
  userId: string,
): Promise<PayTo | null> {
  const row = await queryOne<{ address: Address }>(
    em,
    'select address from deposit_addresses where user_id = $1',
    [userId],
  );
  if (row) return { address: row.address, own: true };
  const [fixed] = values['deposits.addresses'];
  return fixed === undefined ? null : { address: fixed, own: false };
}

/**
 * The same, and gives the user an address of his own where the setting has a key for it. It is
 * watched from the commit on, so nobody may be told before.
 */
export async function openPayTo(
  em: EntityManager,
  values: SettingValues,
  userId: string,
): Promise<PayTo | null> {
  const accountKey = values['deposits.accountKey'];
  const before = await payToOf(em, values, userId);
  if (before?.own === true || accountKey === '') {
    if (before) await watchFixed(em, [before.address]);
    return before;
  }
  const next = await queryOne<{ index: bigint }>(
    em,
    `select nextval('deposit_address_index') as index`,
  );
  const index = Number(present(next, 'index').index);
  assert(index < 2 ** 31, 'an index below the hardened ones is left');
  const address = deriveAddress(accountKey, index);
  await query(
    em,
    `insert into deposit_addresses (address, kind, user_id, account_key, path_index)
     values ($1, 'USER', $2, $3, $4) on conflict (user_id) do nothing`,
    [address, userId, accountKey, index],
  );
  // Another request of the same user may have been faster.
  return payToOf(em, values, userId);
}
