import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startThrowawayPostgres } from '../database/embedded-postgres.ts';
import { migrate } from '../database/migrate.ts';
import { referenceData } from '../reference-data.ts';
import type { Answer, Wanted } from './player.ts';

/** A PostgreSQL for players: each gets a database that nobody has used. */
export class Stages {
  readonly #postgres: EmbeddedPostgres;
  #made = 0;
  #making: Promise<unknown> = Promise.resolve();

  private constructor(postgres: EmbeddedPostgres) {
    this.#postgres = postgres;
  }

  static async open(): Promise<Stages> {
    const postgres = await startThrowawayPostgres();
    await migrate(postgres.url, referenceData);
    return new Stages(postgres);
  }

  /** @returns owner's address of a fresh database, migrated or empty */
  async make(content: 'migrated' | 'empty' = 'migrated'): Promise<string> {
    this.#made += 1;
    const name = `stage_${this.#made}`;
    const template = new URL(this.#postgres.url).pathname.slice(1);
    const from = content === 'migrated' ? ` template ${template}` : '';
    // PostgreSQL copies a template for one at a time.
    const making = this.#making.then(() => this.#asOwner(`create database ${name}${from}`));
    this.#making = making.catch(() => undefined);
    await making;
    const url = new URL(this.#postgres.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  close(): Promise<void> {
    return this.#postgres.stop();
  }

  async #asOwner(sql: string): Promise<void> {
    const url = new URL(this.#postgres.url);
    url.pathname = '/postgres';
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** A process that plays histories, one after the other. */
export class Player {
  readonly #child: ChildProcess;
  #said = '';

  /** @param source folder of the server's sources, which may be a changed copy */
  constructor(url: string, source = path.resolve(import.meta.dirname, '..')) {
    this.#child = fork(path.join(source, 'simulation/player.ts'), [url], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (piece: Buffer) => (this.#said += piece.toString()));
  }

  /** @throws when the process ends before it has an answer */
  async play(wanted: Wanted): Promise<Answer> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const died = (): void =>
        reject(new Error(`the player died at seed ${wanted.seed}: ${this.#said}`));
      child.once('exit', died);
      child.once('message', (answer) => {
        child.off('exit', died);
        resolve(answer as Answer);
      });
      if (child.exitCode !== null) died();
      else child.send(wanted);
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
