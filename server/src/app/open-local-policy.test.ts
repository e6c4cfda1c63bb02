import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Judge } from '../signer/judge.ts';
import { POLICY_FILE } from '../signer/open-desk.ts';
import { readPolicy } from '../signer/policy.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { openLocalPolicy } from './open-local-policy.ts';

let desk: CoreDesk;
let folder: string;
beforeAll(async () => {
  desk = await CoreDesk.start();
  folder = await mkdtemp(path.join(tmpdir(), 'local-policy-'));
});
afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true });
});

it('lets the local network pay between its wallets and do everything else, until somebody says otherwise', async () => {
  const [from, to] = [await desk.wallet(10n), await desk.wallet(10n)];
  const file = path.join(folder, 'signer', POLICY_FILE);
  await openLocalPolicy(desk.database, path.dirname(file));
  const policy = await readPolicy(file);
  const frame = { txid: '', refBlockBytes: '', refBlockHash: '', timestampMs: 1, permissionId: 0 };
  const pay = (receiver: typeof to.address): string =>
    new Judge(policy).decide(
      {
        ...frame,
        expirationMs: 2,
        effect: { kind: 'transfer', owner: from.address, to: receiver, amountSun: 1n },
      },
      { owner: from.address, permissionId: 0 },
      0,
    );
  expect(pay(to.address)).toBe('NEW');
  const stranger = await desk.address();
  expect(pay(stranger)).toBe('NEW');
  policy.payouts.fromOwners.splice(0);
  expect(() => pay(stranger)).toThrow('transferReceivers do not name');
  expect(policy.effects).toContain('setPermissions');

  await writeFile(file, '{"effects":[]}');
  await openLocalPolicy(desk.database, path.dirname(file));
  expect(await readFile(file, 'utf8')).toBe('{"effects":[]}');
});
