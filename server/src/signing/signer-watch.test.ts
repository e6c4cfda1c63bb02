import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { SignerProcess } from '../signer/signer-process.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { addressOfKey } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import { sealKey } from '../wallets/seal-key.ts';
import { haltSigning, openHalt, resumeSigning } from './signer-halts.ts';
import { knownJournals } from './signer-journals.ts';
import { signerFinding } from './signer-standing.ts';
import { SignerWatch } from './signer-watch.ts';

const KEY = '5a'.repeat(32);
const owner = addressOfKey(KEY);
const ids = new IdMaker(systemClock, systemRandom);
const person = { kind: 'OPERATOR', id: ids.next(), name: 'Ada' } as const;

let test: TestDatabase;
let database: Database;
let folder: string;
let home: string;
let sealedKey: string;
let reported: unknown[];
const running: SignerProcess[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  database = await Database.connect({
    url: test.url,
    poolSize: 4,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'signer-watch-'));
  folder = path.join(home, 'signer');
  const identity = await generateX25519Identity();
  await writeFile(path.join(home, 'identity.age'), `${identity}\n`);
  sealedKey = await sealKey(KEY, await identityToRecipient(identity));
  reported = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await rm(home, { recursive: true });
  await database.transaction(system('test'), async (em) => {
    await query(em, `update signer_journals set retired_at = now() where retired_at is null`);
    await query(
      em,
      `update signer_halts set lifted_at = now(), lifted_by = 'system:test', lift_reason = 'test'
       where lifted_at is null`,
    );
  });
});

const report = (error: unknown): void => void reported.push(error);

/** A worker's signer with its watch, which looks when it is told to. */
async function start(worker = 'worker'): Promise<{ signer: SignerProcess; watch: SignerWatch }> {
  const identityFile = path.join(home, 'identity.age');
  const signer = new SignerProcess({ identityFile, folder, clock: systemClock, report });
  running.push(signer);
  await signer.start();
  return {
    signer,
    watch: new SignerWatch({ database, signer, clock: systemClock, ids, worker, report }),
  };
}

async function sign(signer: SignerProcess, timestampMs: number): Promise<void> {
  const { rawDataHex } = buildTransaction(
    {
      kind: 'delegate',
      owner,
      receiver: addressOfKey('33'.repeat(32)),
      amountSun: 1_000_000n,
      resource: 'ENERGY',
    },
    {
      refBlock: { number: 0x37a0, id: `00000000000037a09b01ae1a352b1568${'00'.repeat(16)}` },
      timestampMs,
      expirationMs: timestampMs + 45_000,
      permissionId: 0,
    },
  );
  await signer.sign({ owner, permissionId: 0, rawDataHex, sealedKey });
}

const journalFile = (): string => path.join(folder, 'journal-1.jsonl');
const halt = (): ReturnType<typeof openHalt> => openHalt(database.read());
const lift = (clientId: string): Promise<string | undefined> =>
  database.transaction(person, (em) =>
    resumeSigning(em, person, { reason: 'I know why', clientId }),
  );

/** As if the workers had been away for a while. */
async function longUnseen(): Promise<void> {
  await database.transaction(system('test'), (em) =>
    query(
      em,
      `update signer_journals set seen_at = seen_at - interval '10 minutes'
       where retired_at is null`,
    ),
  );
}

/** A signer that has signed three times, seen by its watch, and ended. */
async function threeSignatures(): Promise<void> {
  const { signer, watch } = await start();
  for (const number of [1, 2, 3]) await sign(signer, number);
  await watch.look();
  await signer.stop();
}

/** The journal that was doubted halts the desk, and a person's word is the way on. */
async function expectHaltAndWayOn(why: string): Promise<void> {
  const { signer, watch } = await start();
  await watch.look();
  expect((await halt())?.reason).toContain(why);
  await expect(sign(signer, 9)).rejects.toMatchObject({ code: 'HALTED' });
  await watch.look();
  await expect(sign(signer, 9)).rejects.toMatchObject({ code: 'HALTED' });
  expect(reported.map(String)).toEqual([expect.stringContaining(why)]);
  await lift(ids.next());
  await watch.look();
  await sign(signer, 9);
  await watch.look();
  await signer.stop();
  const again = await start();
  await again.watch.look();
  expect(await halt()).toBeUndefined();
  await sign(again.signer, 10);
}

describe('the watch over a signer’s journal', () => {
  it('keeps how far it has come, over restarts, and finds nothing wrong', async () => {
    await threeSignatures();
    const [kept] = await knownJournals(database.read());
    expect(kept).toMatchObject({ entries: 4n, worker: 'worker', brokenBecause: null });
    const { signer, watch } = await start();
    await watch.look();
    await sign(signer, 4);
    await watch.look();
    const [later] = await knownJournals(database.read());
    expect(later).toMatchObject({ id: kept?.id, entries: 5n });
    expect(await halt()).toBeUndefined();
    expect(reported).toEqual([]);
  });

  it('halts when whole lines were cut off the end', async () => {
    await threeSignatures();
    const lines = (await readFile(journalFile(), 'utf8')).split('\n');
    await writeFile(journalFile(), `${lines.slice(0, 3).join('\n')}\n`);
    await expectHaltAndWayOn('was cut off: it had 4 lines');
  });

  it('halts when the end was cut off and something else was signed since', async () => {
    await threeSignatures();
    const lines = (await readFile(journalFile(), 'utf8')).split('\n');
    await writeFile(journalFile(), `${lines.slice(0, 3).join('\n')}\n`);
    const { signer } = await start();
    for (const number of [4, 5, 6]) await sign(signer, number);
    await signer.stop();
    await expectHaltAndWayOn('was rewritten: its line 4');
  });

  it('halts when the signer dies, is cut and comes back under the same watch', async () => {
    const { signer, watch } = await start();
    for (const number of [1, 2, 3]) await sign(signer, number);
    await watch.look();
    await signer.stop();
    const lines = (await readFile(journalFile(), 'utf8')).split('\n');
    await writeFile(journalFile(), `${lines.slice(0, 2).join('\n')}\n`);
    const next = await start();
    const same = new SignerWatch({
      database,
      clock: systemClock,
      ids,
      worker: 'worker',
      report,
      signer: next.signer,
    });
    await same.look();
    expect((await halt())?.reason).toContain('was cut off');
  });

  it('halts when a journal is gone and another began, once nobody shows the old one', async () => {
    await threeSignatures();
    for (const name of await readdir(folder)) await rm(path.join(folder, name));
    const began = await start();
    await began.watch.look();
    // Until then another machine may have it, and show it.
    expect(await halt()).toBeUndefined();
    await began.signer.stop();
    await longUnseen();
    await expectHaltAndWayOn('of 4 lines is gone');
  });

  it('lets two workers share a folder, and one of them end', async () => {
    const one = await start('one');
    const two = await start('two');
    await sign(one.signer, 1);
    await sign(two.signer, 2);
    await one.watch.look();
    await two.watch.look();
    await two.signer.stop();
    await longUnseen();
    const again = await start('three');
    await again.watch.look();
    expect(await halt()).toBeUndefined();
    expect(await knownJournals(database.read())).toHaveLength(2);
  });

  it('cannot be told by the desk’s own role that a journal was shorter', async () => {
    await threeSignatures();
    for (const change of [
      'entries = entries - 1',
      `hash = repeat('0', 64)`,
      `journal = repeat('0', 64)`,
    ]) {
      await expect(
        database.transaction(system('test'), (em) =>
          query(em, `update signer_journals set ${change} where retired_at is null`),
        ),
      ).rejects.toThrow('only grows');
    }
    await expect(
      database.transaction(system('test'), (em) => query(em, 'delete from signer_journals')),
    ).rejects.toThrow('permission denied');
  });
});

describe('the kill switch of the desk', () => {
  const halting = (clientId: string, reason = 'drill'): Promise<string | undefined> =>
    database.transaction(person, (em) => haltSigning(em, ids, person, { reason, clientId }));

  it('reaches the signer, outlives it, and is lifted for it too', async () => {
    const { signer, watch } = await start();
    await halting('a');
    await watch.look();
    await expect(sign(signer, 1)).rejects.toMatchObject({ code: 'HALTED' });
    expect(await signerFinding(database.read())).toMatchObject({ status: 'DOWN' });
    await signer.stop();
    // Without a word of the database: it was down meanwhile.
    const { signer: next, watch: nextWatch } = await start();
    await expect(sign(next, 1)).rejects.toMatchObject({ code: 'HALTED' });
    await lift('b');
    await nextWatch.look();
    await sign(next, 1);
    await nextWatch.look();
    expect(await signerFinding(database.read())).toEqual({ status: 'UP', detail: null });
  });

  it('is not lifted where a person stopped the machine', async () => {
    const { signer, watch } = await start();
    await writeFile(path.join(folder, 'STOP'), 'Ada, by hand');
    await halting('c');
    await watch.look();
    await lift('d');
    await watch.look();
    await expect(sign(signer, 1)).rejects.toMatchObject({ code: 'HALTED' });
    expect(await signerFinding(database.read())).toEqual({
      status: 'DOWN',
      detail: 'its kill switch is on: Ada, by hand',
    });
  });

  it('obeys each command once, also when it comes again after the halt was lifted', async () => {
    expect(await halting('e')).toBeDefined();
    expect(await halting('e')).toBeUndefined();
    await expect(halting('e', 'another')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await halting('f', 'a second reason')).toBeUndefined();
    expect((await halt())?.reason).toBe('drill');
    expect(await lift('g')).toBeDefined();
    expect(await lift('g')).toBeUndefined();
    expect(await halting('e')).toBeUndefined();
    expect(await halt()).toBeUndefined();
  });

  it.each([
    [{ reason: ' ', clientId: 'x' }, 'input.reason'],
    [{ reason: 'x'.repeat(401), clientId: 'x' }, 'input.reason'],
    [{ reason: 'x', clientId: '' }, 'input.clientId'],
    [{ reason: 'x', clientId: 'x'.repeat(129) }, 'input.clientId'],
  ])('refuses %j', async ({ reason, clientId }, field) => {
    await expect(halting(clientId, reason)).rejects.toMatchObject({ code: 'BAD_INPUT', field });
  });
});
