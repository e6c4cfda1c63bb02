import { hash } from 'node:crypto';
import { signRecoverable } from 'tiny-secp256k1';
import { privateKeyBytes } from './address.ts';
import { MessageWriter } from './protobuf-message.ts';

/** Ethereum's and TRON's offset of the recovery id. */
const RECOVERY_OFFSET = 27;

/**
 * Signs raw data and wraps both as the full Transaction message that `broadcasthex` takes. What is
 * signed is the hash of these very bytes, never a txid that somebody else computed. The signature is
 * deterministic (RFC 6979), low-s, r‖s‖v with v = 27 or 28, byte for byte tronweb's.
 * @throws BadPrivateKey
 */
export function signTransaction(
  rawDataHex: string,
  privateKeyHex: string,
): { readonly signedHex: string } {
  const key = privateKeyBytes(privateKeyHex);
  const rawData = Buffer.from(rawDataHex, 'hex');
  const digest = hash('sha256', rawData, 'buffer');
  const { signature: compact, recoveryId } = signRecoverable(digest, key);
  const signature = Buffer.from([...compact, recoveryId + RECOVERY_OFFSET]);
  const signed = new MessageWriter().message(1, rawData).bytes(2, signature).finish();
  return { signedHex: signed.toString('hex') };
}
