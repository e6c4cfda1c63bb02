import { pathToFileURL } from 'node:url';
import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { entities } from '../entities.ts';
import { assert } from '../kernel/assert.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { referenceData } from '../reference-data.ts';
import { Database } from './database.ts';
import { startThrowawayPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { query } from './query.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/**
 * Where the entities and the migrated database of the given address disagree, one sentence each.
 * A column without an entity's property is fine when the database can fill it by itself.
 */
export async function findDrift(url: string): Promise<string[]> {
  const database = await Database.connect({
    url,
    poolSize: 1,
    entities,
    clock: systemClock,
    random: systemRandom,
  });
  try {
    const problems: string[] = [];
    for (const entity of entities) {
      const meta = database.orm.getMetadata().get(entity);
      problems.push(...compare(meta, await readColumns(database, meta.tableName)));
    }
    return problems;
  } finally {
    await database.close();
  }
}

function compare(meta: EntityMetadata, columns: readonly Column[]): string[] {
  const table = meta.tableName;
  if (columns.length === 0) return [`${table}: there is no such table`];
  const byName = new Map(columns.map((column) => [column.name, column]));
  const problems: string[] = [];
  for (const property of meta.props.filter(({ persist }) => persist !== false)) {
    const [name = '', type = ''] = [property.fieldNames[0], property.columnTypes[0]];
    const column = byName.get(name);
    if (column === undefined) {
      problems.push(`${table}.${name}: there is no such column`);
      continue;
    }
    if (longName(type) !== column.type) {
      problems.push(`${table}.${name}: is ${column.type}, the entity says ${longName(type)}`);
    }
    if (isNullable(property) !== column.nullable) {
      const said = isNullable(property) ? 'may be null' : 'is never null';
      problems.push(`${table}.${name}: the entity says that it ${said}, the table differs`);
    }
  }
  return problems;
}

function isNullable(property: EntityProperty): boolean {
  return property.nullable === true;
}

/** PostgreSQL's own name of a type, as format_type writes it. */
function longName(type: string): string {
  const bare = type.replace(/\(\d+\)/, '');
  const names: Readonly<Record<string, string>> = {
    timestamptz: 'timestamp with time zone',
    int: 'integer',
    int4: 'integer',
    int8: 'bigint',
    bool: 'boolean',
  };
  return names[bare] ?? bare;
}

function readColumns(database: Database, table: string): Promise<Column[]> {
  return query<Column>(
    database.read(),
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            not a.attnotnull as nullable
     from pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped`,
    [table],
  );
}

async function run(): Promise<number> {
  const postgres = await startThrowawayPostgres();
  try {
    const applied = await migrate(postgres.url, referenceData);
    assert(applied.length > 0, 'an empty database needs every migration');
    const problems = await findDrift(postgres.url);
    for (const problem of problems) console.error(problem);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

const program = process.argv[1];
if (program !== undefined && pathToFileURL(program).href === import.meta.url) {
  process.exitCode = await run();
}
