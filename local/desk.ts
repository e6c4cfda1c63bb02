import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../server/src/database/embedded-postgres.ts';
import { EmbeddedPostgresError } from '../server/src/database/embedded-postgres-error.ts';
import { HEAP_ENVIRONMENT, SMALL_HEAP } from '../server/src/heap-flags.ts';
import { built } from './build.ts';
import { answers, type Child, lastWords, logFile, startChild, startLine } from './child.ts';
import type { Options } from './options.ts';
import { type Prepared, prepare } from './prepare.ts';
import { Obstacle, say } from './say.ts';

/** All programs of the desk on this machine. */
export interface LocalDesk {
  readonly prepared: Prepared;
  /** Rejects when a program that the others cannot do without has ended by itself. */
  readonly broken: Promise<never>;
}

/** The programs, as far as they have been started; `stopAll` may be called at any time. */
export class LocalPrograms {
  readonly #options: Options;
  #postgres: EmbeddedPostgres | undefined;
  #devnet: Child | undefined;
  #server: Child | undefined;
  #stopping = false;
  #starting: Promise<LocalDesk> | undefined;
  readonly #broken = Promise.withResolvers<never>();

  constructor(options: Options) {
    this.#options = options;
    // Somebody waits for it only after the start.
    this.#broken.promise.catch(() => undefined);
  }

  /** PostgreSQL, the network and the build side by side, the preparation, then the server. */
  start(building: Promise<void>): Promise<LocalDesk> {
    const starting = this.#start(building);
    this.#starting = starting;
    return starting;
  }

  async #start(building: Promise<void>): Promise<LocalDesk> {
    const database = this.#startPostgres();
    const network = this.#startDevnet();
    // All of them, also when one fails early: nothing may still be starting while all is stopped.
    await Promise.allSettled([database, network, building]);
    await Promise.all([network, building]);
    const env = this.#serverEnvironment(await database);
    if (this.#hasToStop()) return stopped();
    const prepared = await prepare(this.#options.dataDir, env);
    if (this.#hasToStop()) return stopped();
    await this.#startServer({ ...env, KEY_RECIPIENT: prepared.keyRecipient });
    return { prepared, broken: this.#broken.promise };
  }

  /** Server, network, PostgreSQL, in this order, each waited for. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    await this.#stopStarted();
    // What was just being started when the stop was asked for.
    await this.#starting?.catch(() => undefined);
    await this.#stopStarted();
  }

  async #stopStarted(): Promise<void> {
    if (this.#server !== undefined) {
      say('Stopping the server …');
      await this.#server.stop(20_000);
      this.#server = undefined;
    }
    if (this.#devnet !== undefined) {
      say('Stopping the local TRON network …');
      await this.#devnet.stop(10_000);
      this.#devnet = undefined;
    }
    if (this.#postgres !== undefined) {
      say('Stopping PostgreSQL …');
      await this.#postgres.stop();
      this.#postgres = undefined;
    }
  }

  async #startPostgres(): Promise<string> {
    const { databaseUrl, dataDir, postgresPort } = this.#options;
    if (databaseUrl !== undefined) {
      say('Using the PostgreSQL of DATABASE_URL');
      return databaseUrl;
    }
    say('Starting PostgreSQL …');
    await mkdir(path.join(dataDir, 'logs'), { recursive: true });
    const log = createWriteStream(logFile(dataDir, 'postgres'), { flags: 'a' });
    log.write(startLine());
    const server = await startEmbeddedPostgres({
      dataDir: path.join(dataDir, 'postgres'),
      port: postgresPort,
      log: (line) => log.write(`${line}\n`),
    }).catch((error: unknown) => {
      if (!(error instanceof EmbeddedPostgresError)) throw error;
      throw new Obstacle(`${error.message} Its log is ${logFile(dataDir, 'postgres')}.`, {
        cause: error,
      });
    });
    this.#postgres = server;
    void server.ended.then(() => this.#giveUp('postgres', 'it ended'));
    say('PostgreSQL is ready');
    return server.url;
  }

  async #startDevnet(): Promise<void> {
    const { dataDir, devnetPort } = this.#options;
    say('Starting the local TRON network …');
    const devnet = await startChild(
      dataDir,
      'devnet',
      [
        'devnet/src/main.ts',
        ...['--port', String(devnetPort), '--data', path.join(dataDir, 'devnet')],
        // Mainnet's 18 would let people who try the desk wait a minute for what is solid.
        ...['--solid-lag', '3'],
      ],
      {},
    );
    this.#devnet = devnet;
    await answers(devnet, dataDir, `${this.#network()}/wallet/getnowblock`, 60_000);
    void devnet.ended.then((how) => this.#giveUp('devnet', how));
    say('The local TRON network is ready');
  }

  async #startServer(env: Readonly<Record<string, string>>): Promise<void> {
    const { dataDir, port } = this.#options;
    say('Starting the server …');
    const run = (): Promise<Child> =>
      startChild(dataDir, 'server', [...SMALL_HEAP, built.server], {
        ...env,
        ...HEAP_ENVIRONMENT,
      });
    const first = await run();
    this.#server = first;
    await answers(first, dataDir, `http://127.0.0.1:${port}/readyz`, 60_000);
    say('The server is ready');
    void this.#keepUp(first, run);
  }

  /** A server that ends by itself is started again, after 1, 2, 4 … 30 s. */
  async #keepUp(first: Child, run: () => Promise<Child>): Promise<void> {
    const { dataDir } = this.#options;
    let pause = 1000;
    for (let child = first; ;) {
      const began = performance.now();
      const how = await child.ended;
      if (this.#stopping) return;
      // One that ran for a while has not the trouble of one that does not come up.
      if (performance.now() - began > 60_000) pause = 1000;
      say(
        `The server ended by itself (${how}); its last words:\n${await lastWords(dataDir, 'server')}`,
      );
      say(`Starting it again in ${pause / 1000} s`);
      await sleep(pause);
      pause = Math.min(pause * 2, 30_000);
      // The stop may have been asked for during the pause.
      if (this.#hasToStop()) return;
      child = await run();
      this.#server = child;
    }
  }

  #hasToStop(): boolean {
    return this.#stopping;
  }

  #giveUp(name: string, how: string): void {
    if (this.#stopping) return;
    void lastWords(this.#options.dataDir, name).then((words) =>
      this.#broken.reject(
        new Obstacle(`${name} ended by itself (${how}); its last words:\n${words}`),
      ),
    );
  }

  #network(): string {
    return `http://127.0.0.1:${this.#options.devnetPort}`;
  }

  #serverEnvironment(databaseUrl: string): Record<string, string> {
    const { dataDir, port } = this.#options;
    return {
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      TRON_NETWORK: 'local',
      TRON_NODES: this.#network(),
      KEY_IDENTITY_FILE: path.join(dataDir, 'keys', 'identity.age'),
      CONSOLE_DIR: built.console,
    };
  }
}

function stopped(): never {
  throw new Obstacle('Stopped while starting.');
}
