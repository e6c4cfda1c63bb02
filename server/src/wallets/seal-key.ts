import { armor, Encrypter } from 'age-encryption';
import { privateKeyBytes } from '../chain/address.ts';

/**
 * Seals a private key as an armored age file that only the holder of the recipient's identity can
 * open. The process that seals cannot open what it sealed.
 * @param recipient an age public key, `age1…`
 * @throws BadPrivateKey
 */
export async function sealKey(privateKeyHex: string, recipient: string): Promise<string> {
  return sealBytes(privateKeyBytes(privateKeyHex), recipient);
}

/** The same for whatever bytes are secret; they are overwritten. */
export async function sealBytes(secret: Uint8Array, recipient: string): Promise<string> {
  try {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    return armor.encode(await encrypter.encrypt(secret));
  } finally {
    secret.fill(0);
  }
}
