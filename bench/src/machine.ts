import { open, rm, statfs } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import path from 'node:path';

/** Where a run was made: figures of another machine are other figures. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Of the minute before the run; above 0.5 the machine was busy with something else. */
  readonly loadBefore: number;
  /** Writes of 8 kB brought to the disk in a second, one after the other. */
  readonly syncsPerSecond: number;
  /** What makes the figures doubtful. */
  readonly warnings: readonly string[];
}

/** Linux's magic number of a file system in memory. */
const TMPFS = 0x01021994;
const SYNC_MS = 500;

/** @param folder where the database will be */
export async function describeMachine(folder: string): Promise<Machine> {
  const [loadBefore = 0] = loadavg();
  const syncsPerSecond = await measureSyncs(folder);
  const { type } = await statfs(folder);
  const warnings: string[] = [];
  if (type === TMPFS) warnings.push('The data is in memory: what is durable here costs nothing.');
  if (loadBefore > 0.5) {
    warnings.push(`The machine was busy before the run (load ${loadBefore.toFixed(1)}).`);
  }
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    loadBefore,
    syncsPerSecond,
    warnings,
  };
}

async function measureSyncs(folder: string): Promise<number> {
  const name = path.join(folder, 'sync-probe');
  const file = await open(name, 'w');
  const page = Buffer.alloc(8_192, 1);
  let count = 0;
  const begin = performance.now();
  try {
    for (; performance.now() - begin < SYNC_MS; count += 1) {
      await file.write(page, 0, page.length, 0);
      await file.datasync();
    }
  } finally {
    await file.close();
    await rm(name);
  }
  return Math.round((count * 1_000) / (performance.now() - begin));
}
