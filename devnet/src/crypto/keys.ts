import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

/** Hex address of an uncompressed public key (65 bytes). */
function addressOfPublicKey(publicKey: Uint8Array): string {
  const digest = keccak_256(publicKey.subarray(1));
  return `41${Buffer.from(digest.subarray(12)).toString('hex')}`;
}

/** Hex address of a private key (32 bytes hex). */
export function addressOf(privateKeyHex: string): string {
  return addressOfPublicKey(secp256k1.getPublicKey(Buffer.from(privateKeyHex, 'hex'), false));
}

/** A deterministic private key for a named role of the local network. Never use it elsewhere. */
export function namedKey(name: string): string {
  return hash('sha256', `energy-desk devnet ${name}`, 'hex');
}

/** Signature r‖s‖v (65 bytes hex) over sha256 of the bytes. */
export function sign(privateKeyHex: string, data: Uint8Array): string {
  const digest = hash('sha256', data, 'buffer');
  const signature = secp256k1.sign(digest, Buffer.from(privateKeyHex, 'hex'), {
    prehash: false,
    format: 'recovered',
  });
  const recovery = 27 + (signature[0] ?? 0);
  return Buffer.from(signature.subarray(1)).toString('hex') + recovery.toString(16);
}

function recover(data: Uint8Array, signature: Buffer): Uint8Array | undefined {
  const v = signature[64] ?? 0;
  const recovery = v >= 27 ? v - 27 : v;
  if (recovery > 3) return undefined;
  const noble = Buffer.concat([Buffer.from([recovery]), signature.subarray(0, 64)]);
  try {
    const compressed = secp256k1.recoverPublicKey(noble, hash('sha256', data, 'buffer'), {
      prehash: false,
    });
    return secp256k1.Point.fromBytes(compressed).toBytes(false);
  } catch {
    return undefined;
  }
}

function keyObject(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey.subarray(1, 33)).toString('base64url');
  const y = Buffer.from(publicKey.subarray(33)).toString('base64url');
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'secp256k1', x, y } });
}

/**
 * Tells who signed. Recovery costs about three times a native check, so public keys once seen are
 * remembered and tried first.
 */
export class SignerBook {
  private readonly known = new Map<string, KeyObject>();

  /** Hex address of the signer, or undefined when the signature is none; `likely` are tried first. */
  signerOf(data: Uint8Array, signatureHex: string, likely: readonly string[]): string | undefined {
    const signature = Buffer.from(signatureHex, 'hex');
    for (const address of likely) {
      const key = this.known.get(address);
      const body = signature.subarray(0, 64);
      if (key && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, body)) return address;
    }
    const publicKey = recover(data, signature);
    if (!publicKey) return undefined;
    const address = addressOfPublicKey(publicKey);
    if (this.known.size > 100_000) this.known.clear();
    this.known.set(address, keyObject(publicKey));
    return address;
  }
}
