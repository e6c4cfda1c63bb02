import { writeFileSync } from 'node:fs';

/**
 * Loaded before the desk's own program (`--import`, with `--expose-gc`): on SIGUSR2 it throws away
 * what nobody holds any more and writes the megabytes (10⁶ bytes) that are left into the file
 * BENCH_MEMORY_FILE. Resident memory alone would show how lazy the garbage collector is.
 */
process.on('SIGUSR2', () => {
  const collect = (globalThis as { gc?: () => void }).gc;
  // Twice: what has a finalizer is freed by the second.
  collect?.();
  collect?.();
  const { heapUsed, external } = process.memoryUsage();
  const megabytes = (heapUsed + external) / 1_000_000;
  writeFileSync(process.env['BENCH_MEMORY_FILE'] ?? '', `${megabytes}\n`);
});
