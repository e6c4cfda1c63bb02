import pg from 'pg';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../testing/test-database.ts';
import { findDrift } from './check-migrations.ts';

it('finds where the entities and the migrated database disagree', async () => {
  const database = await createTestDatabase();
  try {
    expect(await findDrift(database.url)).toEqual([]);
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(`alter table api_clients alter column name drop not null`);
    await owner.query(`alter table sessions rename column user_agent to agent`);
    await owner.query(`alter table operators alter column active type text`);
    await owner.end();
    expect((await findDrift(database.url)).toSorted()).toEqual([
      'api_clients.name: the entity says that it is never null, the table differs',
      'operators.active: is text, the entity says boolean',
      'sessions.user_agent: there is no such column',
    ]);
  } finally {
    await database.drop();
  }
});
