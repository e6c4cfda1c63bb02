import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { serve } from './serve.ts';

/** The signer's process. It ends when the worker that started it closes its input, or is gone. */

// Ctrl-C reaches the whole group; the worker still needs signatures for what it has begun.
process.on('SIGINT', () => undefined);

const now = (): number => systemClock.now().getTime();
const code = await serve(
  process.stdin,
  process.stdout,
  now,
  systemRandom.bytes(16).toString('hex'),
);
process.exit(code);
