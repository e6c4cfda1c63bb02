import { type Devnet, startDevnet } from '@energy-desk/devnet';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { createOperator } from '../access/operators.ts';
import type { Role } from '../access/roles.ts';
import { type App, createApp } from '../app.ts';
import { ensureKeyPair } from '../app/key-pair.ts';
import { openLocalPolicy } from '../app/open-local-policy.ts';
import { seedLocalNetwork, type Seeded } from '../app/seed-local-network.ts';
import { Database } from '../database/database.ts';
import { execute } from '../database/query.ts';
import { entities } from '../entities.ts';
import { type Environment, readEnvironment } from '../environment.ts';
import { system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { assembleChain } from '../app/chain.ts';
import { type Address, addressOfKey } from '../chain/address.ts';
import { expectBooksAndChainAgree } from './books.ts';
import { GraphqlClient } from './graphql-client.ts';
import { createTestDatabase } from './test-database.ts';

export interface TestDeskOptions {
  /** Folder of the built console, when pages are looked at. */
  readonly consoleDir?: string;
  /** Pace of the local network; quick, so that nobody waits. */
  readonly blockMs?: number;
  /** Blocks until a block is solid. */
  readonly solidLag?: number;
  readonly jobsUrl?: string;
}

const ids = new IdMaker(systemClock, systemRandom);

/** The whole desk as `npm start` runs it, in this process: API, worker and watcher, over real HTTP. */
export class TestDesk {
  readonly url: string;
  readonly devnet: Devnet;
  readonly seeded: Seeded;
  /** What was logged as a warning or worse. */
  readonly logged: readonly string[];
  #app: App;
  readonly #begin: () => Promise<App>;
  readonly #end: () => Promise<void>;

  constructor(
    parts: Pick<TestDesk, 'url' | 'devnet' | 'app' | 'seeded' | 'logged'> & {
      /** Makes and starts the desk's program anew, at the same address. */
      readonly begin: () => Promise<App>;
    },
    end: () => Promise<void>,
  ) {
    this.url = parts.url;
    this.devnet = parts.devnet;
    this.#app = parts.app;
    this.seeded = parts.seeded;
    this.logged = parts.logged;
    this.#begin = parts.begin;
    this.#end = end;
  }

  /** The program that runs, or that was stopped last. */
  get app(): App {
    return this.#app;
  }

  /** Stops the program; database and network stay. What is answered starts it again. */
  async away(): Promise<() => Promise<void>> {
    await this.#app.stop();
    return async () => {
      this.#app = await this.#begin();
    };
  }

  /** A client with the seed's bot key. */
  bot(): GraphqlClient {
    return new GraphqlClient({ url: this.url, apiKey: this.seeded.apiKey });
  }

  /** An operator who has chosen a password already. */
  async addOperator(...roles: Role[]): Promise<{ email: string; password: string }> {
    const email = `${randomBytes(6).toString('hex')}@desk.test`;
    const { database } = this.app;
    return database.transaction(system('test'), async (em) => {
      const created = await createOperator(
        em,
        { email, name: 'Test', roles },
        { ids, random: systemRandom },
      );
      await execute(em, 'update operators set must_change_password = false where id = $1', [
        created.operator.id,
      ]);
      return { email, password: created.password };
    });
  }

  /** A client that is signed in as a new operator with these roles. */
  async operator(...roles: Role[]): Promise<GraphqlClient> {
    const { email, password } = await this.addOperator(...roles);
    const client = new GraphqlClient({ url: this.url });
    await client.signIn(email, password);
    return client;
  }

  /** An activated address that belongs to nobody. */
  async address(): Promise<Address> {
    const address = addressOfKey(randomBytes(32).toString('hex'));
    await this.control('fund', { address, sun: '1000000' });
    await this.control('step', { blocks: 1 });
    return address;
  }

  /** The local network's control endpoints. */
  async control(name: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${this.devnet.url}/devnet/${name}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  expectBooksAndChainAgree(): Promise<void> {
    return expectBooksAndChainAgree(this.app.database, this.devnet.url);
  }

  async stop(): Promise<void> {
    await this.#app.stop();
    await this.#end();
  }
}

/** Starts a desk on a database and a local network of its own, seeded as the first `npm start` does. */
export async function startTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const { blockMs = 300, solidLag = 3 } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-test-'));
  const devnet = await startDevnet({ blockMs, solidLag });
  const database = await createTestDatabase();
  const keyIdentityFile = path.join(folder, 'identity.age');
  const environment: Environment = {
    ...readEnvironment({
      DATABASE_URL: database.url,
      TRON_NETWORK: 'local',
      TRON_NODES: devnet.url,
      KEY_IDENTITY_FILE: keyIdentityFile,
      KEY_RECIPIENT: await ensureKeyPair(keyIdentityFile),
      ...(options.consoleDir !== undefined && { CONSOLE_DIR: options.consoleDir }),
      ...(options.jobsUrl !== undefined && { JOBS_URL: options.jobsUrl }),
    }),
    // Any free one.
    port: 0,
  };
  const seeded = await seed(environment);
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
  const make = (port: number): Promise<App> =>
    createApp({
      environment: { ...environment, port },
      clock: systemClock,
      random: systemRandom,
      log,
      version: 'test',
    });
  const app = await make(environment.port);
  const port = await app.start();
  const url = `http://127.0.0.1:${port.toString()}`;
  const begin = async (): Promise<App> => {
    const next = await make(port);
    await next.start();
    return next;
  };
  return new TestDesk({ url, devnet, app, seeded, logged, begin }, async () => {
    await devnet.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  });
}

async function seed(environment: Environment): Promise<Seeded> {
  const random = systemRandom;
  const clock = systemClock;
  const database = await Database.connect({
    url: environment.databaseUrl,
    poolSize: 2,
    entities,
    clock,
    random,
  });
  const networkUrl = present(environment.tronNodes[0], 'node');
  const chain = assembleChain({
    nodeUrls: environment.tronNodes,
    apiKey: undefined,
    genesisId: undefined,
    clock,
    random,
    report: (error) => {
      throw error;
    },
  });
  try {
    const recipient = present(environment.keyRecipient, 'recipient');
    const parts = { database, chain, networkUrl, recipient, ids, random };
    const seeded = present(await seedLocalNetwork(parts), 'seed of a new desk');
    await openLocalPolicy(database, present(environment.signerDir, 'signer’s folder'));
    return seeded;
  } finally {
    await chain.stop();
    await database.close();
  }
}
