import { systemClock } from '../kernel/clock.ts';
import { serve } from './serve.ts';

/** The signer's process. It ends when the worker that started it closes its input, or is gone. */

// Ctrl-C reaches the whole group; the worker still needs signatures for what it has begun.
process.on('SIGINT', () => undefined);

const code = await serve(process.stdin, process.stdout, () => systemClock.now().getTime());
process.exit(code);
