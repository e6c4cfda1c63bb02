import type { TestProject } from 'vitest/node';
import { migrate } from '../database/migrate.ts';
import { startThrowawayPostgres } from '../database/embedded-postgres.ts';
import { referenceData } from '../reference-data.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Owner's address of the migrated, empty database that each test file clones. */
    templateDatabase: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated template database in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startThrowawayPostgres();
  await migrate(postgres.url, referenceData);
  project.provide('templateDatabase', postgres.url);
  return () => postgres.stop();
}
