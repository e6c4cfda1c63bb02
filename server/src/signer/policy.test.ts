import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPolicy } from './policy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signer-policy-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(text: string): Promise<string> {
  const file = path.join(folder, 'policy.json');
  await writeFile(file, text);
  return file;
}

describe('the policy', () => {
  it('allows delegations alone when there is no file', async () => {
    expect(await readPolicy(path.join(folder, 'none'))).toEqual({
      effects: ['delegate', 'undelegate'],
      owners: null,
      denyReceivers: [],
      transferReceivers: [],
      payouts: { fromOwners: [], sunPerTransfer: 0n, sunPerDay: 0n },
      tokens: { contract: null, microsPerTransfer: 0n, microsPerDay: 0n, feeLimitSun: 0n },
      maxExpirationSeconds: 900,
      perWallet: { delegationsPerMinute: 6_000, sunPerHour: 10n ** 15n },
    });
  });

  it('fills in what the file leaves out', async () => {
    const file = await written('{"perWallet":{"sunPerHour":"5"}}');
    expect((await readPolicy(file)).perWallet).toEqual({
      delegationsPerMinute: 6_000,
      sunPerHour: 5n,
    });
  });

  it.each([
    ['{', 'it is not JSON'],
    ['{"effect":["transfer"]}', 'effect'],
    ['{"effects":["everything"]}', 'effects.0'],
    ['{"owners":["Tnobody"]}', 'owners.0'],
    ['{"perWallet":{"sunPerHour":5}}', 'perWallet.sunPerHour'],
    ['{"maxExpirationSeconds":0}', 'maxExpirationSeconds'],
    ['{"payouts":{"sunPerDay":5}}', 'payouts.sunPerDay'],
    ['{"payouts":{"fromOwners":["Tnobody"]}}', 'payouts.fromOwners.0'],
  ])('does not start with %s', async (text, place) => {
    const file = await written(text);
    await expect(readPolicy(file)).rejects.toThrow(new RegExp(`${file} cannot be used.*${place}`));
  });
});
