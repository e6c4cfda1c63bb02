import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import { Block, textOf } from '../chain/block.ts';
import type { StoredBody } from '../chain/block.ts';
import type { Operation } from '../chain/operation.ts';
import type { Change } from '../state/chain-state.ts';
import type { Archive, Meta, Place } from './archive.ts';

/** Raised when what is stored changes its meaning. */
const formatVersion = 1;

const tables = `
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = full;
  create table if not exists blocks (
    number integer primary key, id text not null, parent text not null, timestamp integer not null,
    witness text not null, root text not null, size integer not null, body blob not null,
    json text not null, infos text not null
  ) strict;
  create unique index if not exists blocks_by_id on blocks (id);
  create index if not exists busy_blocks on blocks (number) where size > 0;
  create table if not exists transactions (
    txid text primary key, number integer not null, position integer not null
  ) strict, without rowid;
  create index if not exists transactions_by_block on transactions (number);
  create table if not exists state (
    name text not null, key text not null, value blob not null, primary key (name, key)
  ) strict, without rowid;
  create table if not exists single (name text primary key, value blob not null) strict;
`;

interface HeaderRow {
  number: number;
  id: string;
  parent: string;
  timestamp: number;
  witness: string;
  root: string;
}

/** The chain on disk: one SQLite file; every block is one transaction that is synced. */
export class DiskArchive implements Archive {
  meta: Meta | undefined;
  private last: number;
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** Opens or makes the archive in a folder. Throws when it cannot be written or is of another format. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.database = new DatabaseSync(join(folder, 'chain.sqlite'));
    this.database.exec(tables);
    const version = this.single('format') as number | undefined;
    if (version !== undefined && version !== formatVersion) {
      throw new Error(
        `the chain in ${folder} has format ${version}, this devnet has ${formatVersion}`,
      );
    }
    this.saveSingle('format', formatVersion);
    this.meta = this.single('meta') as Meta | undefined;
    const row = this.prepare('select max(number) as head from blocks').get();
    this.last = (row?.['head'] as number | null) ?? -1;
  }

  get head(): number {
    return this.last;
  }

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private single(name: string): unknown {
    const row = this.prepare('select value from single where name = ?').get(name);
    return row && (deserialize(row['value'] as Uint8Array) as unknown);
  }

  private saveSingle(name: string, value: unknown): void {
    this.prepare('insert or replace into single values (?, ?)').run(name, serialize(value));
  }

  *state(): Iterable<Change> {
    for (const row of this.prepare('select name, key, value from state').iterate()) {
      yield {
        table: row['name'] as string,
        key: row['key'] as string,
        value: deserialize(row['value'] as Uint8Array),
      };
    }
  }

  block(number: number): Block | undefined {
    const sql = 'select number, id, parent, timestamp, witness, root from blocks where number = ?';
    const found = this.prepare(sql).get(number);
    if (!found) return undefined;
    const { parent: parentId, ...row } = found as unknown as HeaderRow;
    return Block.stored(
      { ...row, parentId },
      {
        body: () => deserialize(this.column(number, 'body')) as StoredBody,
        json: () => this.column(number, 'cast(json as blob)'),
        infos: () => this.column(number, 'cast(infos as blob)'),
      },
    );
  }

  private column(
    number: number,
    expression: 'body' | 'cast(json as blob)' | 'cast(infos as blob)',
  ): Uint8Array {
    const sql = `select ${expression} as value from blocks where number = ?`;
    return this.prepare(sql).get(number)?.['value'] as Uint8Array;
  }

  blockId(number: number): string | undefined {
    return this.prepare('select id from blocks where number = ?').get(number)?.['id'] as
      string | undefined;
  }

  blockNumberOf(id: string): number | undefined {
    return this.prepare('select number from blocks where id = ?').get(id)?.['number'] as
      number | undefined;
  }

  find(txid: string): Place | undefined {
    const row = this.prepare('select number, position from transactions where txid = ?').get(txid);
    return row && { number: row['number'] as number, position: row['position'] as number };
  }

  *busyBlocks(first: number): Iterable<number> {
    const sql = 'select number from blocks where size > 0 and number >= ? order by number';
    for (const row of this.prepare(sql).all(first)) yield row['number'] as number;
  }

  atomically(write: () => void): void {
    if (this.database.isTransaction) {
      write();
      return;
    }
    this.database.exec('begin immediate');
    try {
      write();
      this.database.exec('commit');
    } catch (error) {
      this.database.exec('rollback');
      throw error;
    }
  }

  append(block: Block): void {
    const { number, id, parentId, timestamp, witness, root } = block.header;
    const { transactions } = block;
    const body = serialize(block.toStored());
    this.prepare('insert into blocks values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      number,
      id,
      parentId,
      timestamp,
      witness,
      root,
      transactions.length,
      body,
      textOf(block.json(false)),
      textOf(block.infosJson),
    );
    const insert = this.prepare('insert into transactions values (?, ?, ?)');
    transactions.forEach(({ txid }, position) => {
      insert.run(txid, number, position);
    });
    this.last = number;
  }

  truncate(number: number): void {
    this.prepare('delete from transactions where number > ?').run(number);
    this.prepare('delete from blocks where number > ?').run(number);
    this.last = number;
  }

  saveState(changes: Iterable<Change>): void {
    const put = this.prepare('insert or replace into state values (?, ?, ?)');
    const remove = this.prepare('delete from state where name = ? and key = ?');
    for (const { table, key, value } of changes) {
      if (value === undefined) remove.run(table, key);
      else put.run(table, key, serialize(value));
    }
  }

  saveMeta(meta: Meta): void {
    this.meta = meta;
    this.saveSingle('meta', meta);
  }

  savePending(operations: readonly Operation[], transactions: readonly Uint8Array[]): void {
    this.saveSingle('pending', { operations, transactions });
  }

  pending(): { operations: readonly Operation[]; transactions: readonly Uint8Array[] } {
    const waiting = this.single('pending') as ReturnType<Archive['pending']> | undefined;
    return waiting ?? { operations: [], transactions: [] };
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }
}
