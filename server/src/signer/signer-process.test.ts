import { spawnSync } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { addressOfKey } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { sealKey } from '../wallets/seal-key.ts';
import { confinement, whyItDidNotSpeak } from './confinement.ts';
import { SignerProcess } from './signer-process.ts';
import type { SignRequest } from './signing-desk.ts';

const KEY = '5a'.repeat(32);
const owner = addressOfKey(KEY);
const receiver = addressOfKey('33'.repeat(32));
const refBlock = { number: 0x37a0, id: `00000000000037a09b01ae1a352b1568${'00'.repeat(16)}` };

let home: string;
let folder: string;
let identityFile: string;
let identity: string;
let sealedKey: string;
let reported: unknown[];
const running: SignerProcess[] = [];

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'signer-process-'));
  folder = path.join(home, 'signer');
  identityFile = path.join(home, 'identity.age');
  identity = await generateX25519Identity();
  sealedKey = await sealKey(KEY, await identityToRecipient(identity));
  await writeFile(identityFile, `${identity}\n`);
  reported = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await rm(home, { recursive: true });
});

function make(clock: Clock = systemClock): SignerProcess {
  const report = (error: unknown): void => void reported.push(error);
  const signer = new SignerProcess({ identityFile, folder, clock, report });
  running.push(signer);
  return signer;
}

async function started(clock?: Clock): Promise<SignerProcess> {
  const signer = make(clock);
  await signer.start();
  return signer;
}

function request(timestampMs: number, amountSun = 1_000_000n): SignRequest {
  const { rawDataHex } = buildTransaction(
    { kind: 'delegate', owner, receiver, amountSun, resource: 'ENERGY' },
    { refBlock, timestampMs, expirationMs: timestampMs + 45_000, permissionId: 0 },
  );
  return { owner, permissionId: 0, rawDataHex, sealedKey };
}

function kill(signer: SignerProcess, signal: NodeJS.Signals = 'SIGKILL'): number {
  const { pid = 0 } = signer;
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, signal);
  return pid;
}

const journal = (slot = 1): Promise<string> =>
  readFile(path.join(folder, `journal-${slot}.jsonl`), 'utf8');

const signatures = async (): Promise<string[]> =>
  (await journal()).split('\n').filter((line) => line.includes('"kind":"signed"'));

describe('the signer’s process', () => {
  it('signs with a key that only it can open, in a folder for its account alone', async () => {
    const signer = await started();
    const asked = request(1);
    const { txid, signedHex } = await signer.sign(asked);
    expect(signedHex).toBe(signTransaction(asked.rawDataHex, KEY).signedHex);
    expect(await journal()).toContain(txid);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, 'journal-1.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('remembers over kill -9 what it signed, and is there again by itself', async () => {
    const signer = await started();
    const first = await signer.sign(request(1));
    kill(signer);
    expect(await signer.sign(request(1))).toEqual(first);
    kill(signer);
    await expect(signer.sign(request(1, 2_000_000n))).rejects.toMatchObject({
      code: 'TIMESTAMP_USED',
    });
    expect(await signatures()).toHaveLength(1);
    expect(reported.map(String)).toEqual([
      expect.stringContaining('SIGKILL'),
      expect.stringContaining('SIGKILL'),
    ]);
  });

  it('answers each of many requests while it is killed under them', async () => {
    const signer = await started();
    const asked = Array.from({ length: 200 }, (_, index) => request(index + 1));
    const all = asked.map((one) => signer.sign(one));
    await all[0];
    kill(signer);
    const made = await Promise.all(all);
    expect(made.map(({ signedHex }) => signedHex)).toEqual(
      asked.map(({ rawDataHex }) => signTransaction(rawDataHex, KEY).signedHex),
    );
    const lines = await signatures();
    const txids = new Set(lines.map((line) => /"txid":"(\w+)"/.exec(line)?.[1]));
    expect(lines).toHaveLength(200);
    expect(txids).toEqual(new Set(made.map(({ txid }) => txid)));
  });

  it('is ended and replaced when it is frozen', async () => {
    let hurry = false;
    const signer = await started({
      ...systemClock,
      // The ten seconds that an answer may take are not waited for.
      after: (ms, wake) => systemClock.after(hurry && ms === 10_000 ? 50 : ms, wake),
    });
    const pid = kill(signer, 'SIGSTOP');
    hurry = true;
    await expect(signer.sign(request(1))).rejects.toMatchObject({ frozen: true });
    hurry = false;
    await waitUntil('another one runs', () => signer.pid !== pid);
    await signer.sign(request(1));
  });

  it('signs nothing while its kill switch is on, until that is lifted', async () => {
    const signer = await started();
    expect(await signer.health()).toEqual({ status: 'UP', detail: null });
    await signer.halt('somebody is in the house');
    kill(signer);
    await expect(signer.sign(request(1))).rejects.toMatchObject({ code: 'HALTED' });
    expect(await signer.health()).toEqual({
      status: 'DOWN',
      detail: 'its kill switch is on: somebody is in the house',
    });
    await signer.resume();
    await signer.sign(request(1));
    // The same by hand, for one that runs; and that only a hand takes back.
    await writeFile(path.join(folder, 'STOP'), '');
    await expect(signer.sign(request(2))).rejects.toMatchObject({ code: 'HALTED' });
    await signer.halt('the desk too');
    await signer.resume();
    await expect(signer.sign(request(2))).rejects.toMatchObject({ code: 'HALTED' });
    await rm(path.join(folder, 'STOP'));
    await signer.sign(request(2));
    expect((await journal()).match(/"kind":"(halted|resumed)"/g)).toEqual([
      '"kind":"halted"',
      '"kind":"resumed"',
      '"kind":"halted"',
      '"kind":"resumed"',
    ]);
  });

  it('says of each line of the folder’s journals whether it is there', async () => {
    const signer = await started();
    await signer.sign(request(1));
    const { tail } = await signer.status();
    await signer.sign(request(2));
    const later = (await signer.status()).tail;
    expect(later).toEqual({ journal: tail.journal, seq: 3, hash: expect.any(String) as string });
    const other = await started();
    for (const asked of [signer, other]) {
      expect(await asked.vouch(tail.journal, 2)).toEqual({ known: true, hash: tail.hash });
      expect(await asked.vouch(tail.journal, 3)).toEqual({ known: true, hash: later.hash });
      expect(await asked.vouch(tail.journal, 4)).toEqual({ known: true, hash: null });
      expect(await asked.vouch('f'.repeat(64), 1)).toEqual({ known: false, hash: null });
    }
  });

  it('shares its folder with another, each with a journal of its own', async () => {
    const [one, two] = [await started(), await started()];
    await one.sign(request(1));
    await two.sign(request(2));
    expect((await readdir(folder)).filter((name) => name.endsWith('.jsonl'))).toEqual([
      'journal-1.jsonl',
      'journal-2.jsonl',
    ]);
    expect(await journal(1)).not.toBe(await journal(2));
  });

  it('says in a sentence why it cannot start', async () => {
    await rm(identityFile);
    await expect(make().start()).rejects.toThrow(`${identityFile} cannot be read`);
    await writeFile(identityFile, 'something else that is secret');
    await expect(make().start()).rejects.toThrow('holds no age identity');
    await writeFile(identityFile, identity);
    await writeFile(path.join(folder, 'policy.json'), '{"effects":["all"]}');
    await expect(make().start()).rejects.toThrow('policy.json cannot be used');
  });

  it('ends with its worker', async () => {
    const signer = await started();
    const { pid = 0 } = signer;
    await signer.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(reported).toEqual([]);
    await expect(signer.sign(request(1))).rejects.toThrow('down');
  });

  it('shows no secret in its journal, its refusals and what is reported', async () => {
    const signer = await started();
    await signer.sign(request(1));
    const broken = { ...request(2), sealedKey: sealedKey.replace(/\n(.)/g, '\nA') };
    const refused: unknown = await signer.sign(broken).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'KEY_UNUSABLE' });
    kill(signer);
    await signer.sign(request(3));
    const shown = [await journal(), String(refused), ...reported.map(String)].join('\n');
    const secrets = [KEY, identity, ...sealedKey.split('\n').slice(1, -2)];
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  it.each([
    ['open a connection', "require('node:net').connect(1, '127.0.0.1')"],
    ['listen', "require('node:net').createServer().listen(0, '127.0.0.1')"],
    ['listen on a path', "require('node:net').createServer().listen('socket')"],
    ['start a program', "require('node:child_process').spawnSync('true')"],
    ['read another file', "require('node:fs').readFileSync('/etc/hostname')"],
    ['write beside its folder', "require('node:fs').writeFileSync('../identity.age', '')"],
  ])('cannot %s', async (_, code) => {
    await started();
    const flags = await confinement({ identityFile, folder });
    const run = spawnSync(process.execPath, [...flags, '-e', code], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    expect(run.stderr).toContain('ERR_ACCESS_DENIED');
    expect(run.status).not.toBe(0);
  });
});

describe('the signer’s code', () => {
  /** A copy of what the signer is made of, with its packages elsewhere. */
  async function houseWith(link: (modules: string) => Promise<void>): Promise<string> {
    const copy = path.join(home, 'copy');
    for (const room of ['kernel', 'chain', 'signer']) {
      await cp(path.join(sources, room), path.join(copy, 'server', 'src', room), {
        recursive: true,
      });
    }
    await cp(path.join(sources, '../package.json'), path.join(copy, 'server', 'package.json'));
    await link(path.join(copy, 'node_modules'));
    return copy;
  }
  const sources = fileURLToPath(new URL('..', import.meta.url));
  const modules = path.join(sources, '../../node_modules');

  /** Its first words from that house. */
  async function greet(copy: string): Promise<string> {
    await mkdir(folder, { recursive: true });
    const program = path.join(copy, 'server', 'src', 'signer', 'main.ts');
    const flags = await confinement({ identityFile, folder }, copy);
    const run = spawnSync(process.execPath, [...flags, program], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
      input: `${JSON.stringify({ identityFile, folder })}\n`,
    });
    return run.stdout === '' ? whyItDidNotSpeak(run.stderr) : run.stdout;
  }

  it('may have its packages behind a link', async () => {
    expect(await greet(await houseWith((to) => symlink(modules, to)))).toBe('{"ready":true}\n');
  });

  it('says which file it may not read', async () => {
    const copy = await houseWith(async (to) => {
      await mkdir(to);
      const packages = await readdir(modules);
      await Promise.all(
        packages.map((name) => symlink(path.join(modules, name), path.join(to, name))),
      );
    });
    expect(await greet(copy)).toMatch(
      /^The signer did not start: it may not read \S+\/node_modules\/\S+, which is neither/,
    );
  });
});
