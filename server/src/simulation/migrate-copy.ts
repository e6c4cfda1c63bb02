import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { migrate } from '../database/migrate.ts';
import type { referenceData } from '../reference-data.ts';

/** Migrates by the migrations of a changed copy of the sources. */
export async function migrateCopy(source: string, url: string): Promise<void> {
  const load = (file: string): Promise<unknown> =>
    import(pathToFileURL(path.join(source, file)).href);
  const migrating = (await load('database/migrate.ts')) as { migrate: typeof migrate };
  const reference = (await load('reference-data.ts')) as { referenceData: typeof referenceData };
  await migrating.migrate(url, reference.referenceData);
}
