import { readFile } from 'node:fs/promises';
import { armor, Decrypter } from 'age-encryption';
import { assert } from '../kernel/assert.ts';
import { ACCOUNT_BYTES } from './derive-key.ts';
import { CannotStart } from './refusal.ts';

/** Opens a sealed key: an armored age file to 64 hexadecimal digits, or 128 of an account (derive-key.ts). */
export type OpenKey = (sealed: string) => Promise<string>;

const IDENTITY = /^AGE-SECRET-KEY-[0-9A-Z]+$/m;

/**
 * Opens keys that were sealed for the identity in this file. For the signer's
 * process alone. Messages name the file and never show its content.
 * @throws CannotStart when the file is not there or holds no age identity
 */
export async function keyOpener(identityFile: string): Promise<OpenKey> {
  const identity = await readIdentity(identityFile);
  return async (sealed) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const key = Buffer.from(await decrypter.decrypt(armor.decode(sealed)));
    assert(
      key.length === 32 || key.length === ACCOUNT_BYTES,
      'a sealed key has 32 bytes, that of an account 64',
    );
    return key.toString('hex');
  };
}

async function readIdentity(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new CannotStart(`The age identity file ${file} cannot be read.`);
  }
  const identity = IDENTITY.exec(text)?.[0];
  if (identity === undefined) {
    throw new CannotStart(
      `The file ${file} holds no age identity: it has a line that begins with AGE-SECRET-KEY-.`,
    );
  }
  return identity;
}
