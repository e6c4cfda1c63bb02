import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Devnet, startDevnet } from '@energy-desk/devnet';
import pg from 'pg';
import { ensureKeyPair } from '../app/key-pair.ts';
import { Database } from '../database/database.ts';
import { removeLeftBehind } from '../database/embedded-postgres-left-behind.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { addDuration } from '../settings/add-duration.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { type Address, addressOfKey } from '../chain/address.ts';
import { eventually } from './eventually.ts';
import { Instance, programs, type Role } from './instance.ts';
import type { Strike } from './strike.ts';

interface Prepared {
  readonly apiKey: string;
  readonly demoUser: { readonly telegramId: string };
}

/** Shortest that the settings allow, so that a lost lease costs seconds. */
export const LEASE_SECONDS = 5;
/** Chain time runs fifteen times as fast as ours: each block is a slot of 3 s. */
const BLOCK_MS = 200;
/** Folders of houses: this, the process id of the run, a dash, a random end. */
const FOLDER = 'energy-desk-crash-';
const MOST_STARTS = 4;
const ROLES = ['api', 'worker', 'watcher'] as const;

/** A whole desk of real processes, one for each role, on a PostgreSQL and a network of its own. */
export class House {
  readonly devnet: Devnet;
  readonly apiKey: string;
  readonly telegramId: string;
  /** With the owner's rights, for looking and for moving deadlines. */
  readonly sql: pg.Pool;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #instances = new Set<Instance>();
  #postgres: EmbeddedPostgres;
  #made = 0;
  #restarts = 0;
  #closed = false;

  private constructor(
    parts: Pick<House, 'devnet'> & {
      folder: string;
      env: Record<string, string>;
      postgres: EmbeddedPostgres;
      prepared: Prepared;
    },
  ) {
    this.devnet = parts.devnet;
    this.apiKey = parts.prepared.apiKey;
    this.telegramId = parts.prepared.demoUser.telegramId;
    this.#folder = parts.folder;
    this.#env = parts.env;
    this.#postgres = parts.postgres;
    this.sql = new pg.Pool({ connectionString: parts.postgres.url, max: 2 });
    // PostgreSQL is killed on purpose: an idle connection that breaks is no news.
    this.sql.on('error', () => undefined);
  }

  /**
   * Each house has a PostgreSQL of its own, which may be killed; it costs a second, once, and what
   * happens in one house is never seen in another.
   */
  static async start(): Promise<House> {
    await removeLeftBehind(FOLDER);
    const folder = await mkdtemp(path.join(tmpdir(), `${FOLDER}${process.pid}-`));
    const undo: (() => Promise<unknown>)[] = [
      () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
    ];
    try {
      await chmod(folder, 0o711);
      const postgres = await startPostgres(folder, await freePort());
      undo.push(() => postgres.stop());
      // Nobody looks at the witnesses' signatures, and each costs milliseconds.
      const devnet = await startDevnet({ blockMs: BLOCK_MS, solidLag: 3, signBlocks: false });
      undo.push(() => devnet.stop());
      const keyIdentityFile = path.join(folder, 'identity.age');
      const env = {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: postgres.url,
        TRON_NETWORK: 'local',
        TRON_NODES: devnet.url,
        KEY_IDENTITY_FILE: keyIdentityFile,
        KEY_RECIPIENT: await ensureKeyPair(keyIdentityFile),
        // Most of what a case costs is starting processes, and a part of that is compiling.
        NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
      };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [path.join(programs, 'prepare.js')],
        { env },
      );
      const prepared = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Prepared;
      const house = new House({ folder, env, postgres, devnet, prepared });
      undo.splice(0, undo.length, () => house.stop());
      await house.withDatabase(hurry);
      await Promise.all(ROLES.map((role) => house.add(role)));
      return house;
    } catch (error) {
      for (const step of undo.toReversed()) await step();
      throw error;
    }
  }

  /** The living instances of a role, the oldest first. */
  of(role: Role): Instance[] {
    return [...this.#instances].filter((one) => one.role === role && one.lives);
  }

  /**
   * Starts one more instance of a role, under a new name unless one is given. Like any supervisor it
   * starts one again that ended before it was up: on a starved machine a worker may wait for its
   * signer in vain.
   */
  async add(
    role: Role,
    options: { readonly name?: string; readonly strike?: Strike } = {},
  ): Promise<Instance> {
    if (this.#closed) throw new Error('the house is closed');
    this.#made += 1;
    const name = options.name ?? `${role}-${this.#made}`;
    for (let starts = 1; ; starts += 1) {
      const instance = new Instance({
        role,
        name,
        strike: options.strike,
        port: await freePort(),
        folder: this.#folder,
        env: this.#env,
      });
      this.#instances.add(instance);
      if (options.strike !== undefined) return instance;
      try {
        await instance.ready();
        return instance;
      } catch (error) {
        if (instance.lives || starts === MOST_STARTS) throw error;
        this.#restarts += 1;
      }
    }
  }

  /** How many processes had to be started again since this was asked last. */
  takeRestarts(): number {
    const restarts = this.#restarts;
    this.#restarts = 0;
    return restarts;
  }

  /** All that ever ran here; their logs are in files named after them. */
  get instances(): readonly Instance[] {
    return [...this.#instances];
  }

  /** Stops all instances of a role, as an operator does. */
  async without(role: Role): Promise<void> {
    await Promise.all(this.of(role).map((one) => one.stop()));
  }

  /** Every role has one instance again. */
  async tidy(): Promise<void> {
    for (const role of ROLES) {
      const [first, ...others] = this.of(role);
      await Promise.all(others.map((one) => one.stop()));
      if (first === undefined) await this.add(role);
    }
  }

  /** kill -9 of PostgreSQL, and a start on the same folder and port. */
  async restartPostgres(): Promise<void> {
    const { port, pid, ended } = this.#postgres;
    process.kill(pid, 'SIGKILL');
    await ended;
    this.#postgres = await eventually('PostgreSQL is back', () =>
      startPostgres(this.#folder, port).catch(() => undefined),
    );
  }

  async withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await Database.connect({
      url: this.#postgres.url,
      poolSize: 2,
      entities: [],
      clock: systemClock,
      random: systemRandom,
    });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  /** The local network's control endpoints. */
  async control(name: string, body: object = {}, method = 'POST'): Promise<void> {
    const response = await fetch(`${this.devnet.url}/devnet/${name}`, {
      method,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  }

  /** Chain time passes: this many slots of 3 s, with a block in each. */
  passSlots(slots: number): void {
    this.devnet.step(slots);
  }

  /** An activated address that belongs to nobody. */
  async address(): Promise<Address> {
    const address = addressOfKey(randomBytes(32).toString('hex'));
    await this.control('fund', { address, sun: '1000000' });
    return address;
  }

  /** Ends everything, however it stands, and removes it. */
  async stop(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#instances].map((one) => one.kill()));
    await this.sql.end();
    await this.devnet.stop();
    await this.#postgres.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Durable, as in production: what was committed must survive its kill -9. */
function startPostgres(folder: string, port: number): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataDir: path.join(folder, 'data'),
    port,
    log: () => undefined,
  });
}

/** Everything that waits, waits shortly. */
async function hurry(database: Database): Promise<void> {
  const actor = system('crash');
  const reason = 'the crash matrix is in a hurry';
  await database.transaction(actor, async (em) => {
    await changeSettings(
      em,
      actor,
      [
        change('engine.leaseSeconds', LEASE_SECONDS),
        change('engine.expirationSeconds', 60),
        change('engine.resendSeconds', 1),
        // Chain time is fast here, and a deadline that passes by itself is another story.
        change('orders.deliverySeconds', 7_200),
        // Orders are refunded on purpose here, many in a row; the safe mode would close the sales.
        change('safety.refundOrders', 1_000),
      ],
      reason,
    );
    const prices = {
      per: 'RENTAL' as const,
      tiers: [{ fromEnergy: '1', sunPerEnergy: '30' }],
    };
    await addDuration(em, actor, { code: '10s', seconds: 10, label: '10 s' }, prices, reason);
    // Long enough that all orders of a story are rented at once, even on a machine that is busy.
    await addDuration(em, actor, { code: '5m', seconds: 300, label: '5 min' }, prices, reason);
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
