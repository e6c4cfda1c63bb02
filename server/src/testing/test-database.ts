import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** Address with the owner's rights. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh clone of the migrated template; `drop` removes it, whoever is still connected. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateDatabase'));
  const name = `desk_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(template);
  url.pathname = `/${name}`;
  await asOwner(template, `create database ${name} template ${template.pathname.slice(1)}`);
  return {
    url: url.href,
    drop: () => asOwner(template, `drop database if exists ${name} with (force)`),
  };
}

async function asOwner(template: URL, sql: string): Promise<void> {
  const maintenance = new URL(template);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
