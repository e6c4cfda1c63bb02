import os from 'node:os';

const MB = 1_048_576;

/** What PostgreSQL may count on: the machine's memory, or the container's share of it, in bytes. */
export function memoryOfMachine(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
}

/**
 * How our own PostgreSQL is set, beside what makes it reachable. Most of its defaults are for a small
 * machine with turning disks.
 * @param memory in bytes
 * @param durable false for throwaway data, of which several servers may run at once
 */
export function postgresSettings(memory: number, durable: boolean): Record<string, string> {
  const share = (part: number, least: number, most: number): string =>
    `${Math.round(Math.min(most, Math.max(least, memory / part / MB)))}MB`;
  const safe = durable ? 'on' : 'off';
  return {
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
    shared_buffers: durable ? share(8, 128, 2_048) : '128MB',
    // No memory is taken for it: what the planner believes to be in memory, the system's cache included.
    effective_cache_size: share(2, 512, 32_768),
    // Each sort of each of 200 sessions may take this much.
    work_mem: share(1_024, 4, 16),
    // Three of autovacuum at once.
    maintenance_work_mem: share(32, 64, 256),
    // After each checkpoint, every page is written down whole at its first change. Half of this is
    // what has to be read again after a crash, which takes some seconds.
    max_wal_size: '2GB',
    min_wal_size: '512MB',
    checkpoint_timeout: '15min',
    // Any page of an SSD is as near as the next.
    random_page_cost: '1.1',
    // Compiling takes longer than any statement of the desk.
    jit: 'off',
    // A table may double within seconds of load; plans made for an empty one are bad ones.
    autovacuum_naptime: '15s',
  };
}
