import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isStillThere, type KnownProcess } from './process-identity.ts';
import { Obstacle, say } from './say.ts';

interface Holder extends KnownProcess {
  readonly stopping?: boolean;
}

/** One launcher at a time on a data folder. */
export interface Lock {
  /** Tells the next one that waiting is worth it. */
  readonly markStopping: () => Promise<void>;
  readonly release: () => Promise<void>;
}

/**
 * Takes the data folder for this process. One that was killed is passed over; one that is just
 * stopping is waited for.
 *
 * @throws Obstacle when the desk already runs on this folder.
 */
export async function takeLock(dataDir: string): Promise<Lock> {
  const file = path.join(dataDir, 'run', 'launcher.json');
  await mkdir(path.dirname(file), { recursive: true });
  // A launcher whose npm was killed needs a moment to notice.
  let patience = 3000;
  for (let waited = 0; ; waited += 100) {
    const holder = await readHolder(file);
    if (holder === undefined || !isStillThere(holder)) break;
    if (holder.stopping === true) patience = 40_000;
    if (waited >= patience) {
      throw new Obstacle(
        `Energy Desk already runs on ${dataDir} (process ${holder.pid}): stop it there with Ctrl-C, or choose another folder and ports with DATA_DIR, PORT, DEVNET_PORT and POSTGRES_PORT.`,
      );
    }
    if (waited === 500)
      say(`Another Energy Desk (process ${holder.pid}) holds ${dataDir}; waiting for it to stop`);
    await sleep(100);
  }
  const ourselves = identify(process.pid);
  if (ourselves === undefined) throw new Error('this process does not find itself');
  const write = async (holder: Holder): Promise<void> => {
    await writeFile(`${file}.new`, JSON.stringify(holder));
    await rename(`${file}.new`, file);
  };
  await write(ourselves);
  return {
    markStopping: () => write({ ...ourselves, stopping: true }),
    release: () => rm(file, { force: true }),
  };
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
