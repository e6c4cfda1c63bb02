import { hash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
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
  const [recovery = 0, ...compact] = secp256k1.sign(digest, key, {
    prehash: false,
    lowS: true,
    format: 'recovered',
  });
  const signature = Buffer.from([...compact, recovery + RECOVERY_OFFSET]);
  const signed = new MessageWriter().message(1, rawData).bytes(2, signature).finish();
  return { signedHex: signed.toString('hex') };
}
