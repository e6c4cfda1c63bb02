import { HDKey } from '@scure/bip32';
import { present } from '../kernel/assert.ts';

/** BIP-44: addresses for others to pay to are on chain 0 of the account. */
const EXTERNAL = 0;

/** Bytes of a private key, and of the chain code that makes keys of an account from it. */
export const ACCOUNT_BYTES = 64;

/**
 * The private key of m/44'/195'/0'/0/index from the account's.
 * @param account the account's private key and its chain code, 128 hexadecimal digits
 * @returns 64 hexadecimal digits
 */
export function deriveKey(account: string, index: number): string {
  const bytes = Buffer.from(account, 'hex');
  const key = new HDKey({ privateKey: bytes.subarray(0, 32), chainCode: bytes.subarray(32) });
  const child = key.deriveChild(EXTERNAL).deriveChild(index);
  return Buffer.from(present(child.privateKey, 'private key')).toString('hex');
}
