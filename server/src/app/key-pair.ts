import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';

/**
 * The public half of the age key pair whose secret half is in this file; both are made when the file
 * is not there. The file is written once, for its owner only, and never overwritten.
 * @returns the recipient, `age1…`
 */
export async function ensureKeyPair(identityFile: string): Promise<string> {
  const known = await readFile(identityFile, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (known !== undefined) return identityToRecipient(identityIn(known));
  await mkdir(path.dirname(identityFile), { recursive: true, mode: 0o700 });
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const file = await open(identityFile, 'wx', 0o600);
  try {
    await file.writeFile(`# public key: ${recipient}\n${identity}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return recipient;
}

function identityIn(text: string): string {
  const line = text.split('\n').find((one) => one.startsWith('AGE-SECRET-KEY-'));
  if (line === undefined)
    throw new Error('the key file holds no line that begins with AGE-SECRET-KEY-');
  return line.trim();
}
