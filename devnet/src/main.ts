import { parseArgs } from 'node:util';
import { startDevnet } from './devnet.ts';
import type { Devnet, DevnetOptions } from './devnet.ts';

const usage =
  'node devnet/src/main.ts [--port 18090] [--host 127.0.0.1] [--data DIR] [--block-ms 3000|manual] [--solid-lag 18]';

function whole(value: string, name: string): number {
  if (!/^\d+$/.test(value)) throw new Error(`--${name} must be a whole number. Usage: ${usage}`);
  return Number(value);
}

function readOptions(): DevnetOptions & { port: number; host: string } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '18090' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      'block-ms': { type: 'string', default: '3000' },
      'solid-lag': { type: 'string', default: '18' },
    },
  });
  const pace = values['block-ms'];
  return {
    port: whole(values.port, 'port'),
    host: values.host,
    ...(values.data === undefined ? {} : { dataDir: values.data }),
    blockMs: pace === 'manual' ? 'manual' : Math.max(whole(pace, 'block-ms'), 10),
    solidLag: whole(values['solid-lag'], 'solid-lag'),
  };
}

/** One sentence with the remedy, for what commonly goes wrong at the start. */
function remedy(error: unknown, options: DevnetOptions | undefined): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'EADDRINUSE') {
    return `Port ${options?.port} is taken: stop the program that uses it, or choose another with --port.`;
  }
  if (code === 'EACCES' && options?.port !== undefined && /listen/.test(text)) {
    return `Port ${options.port} may not be opened by this user: choose one above 1023 with --port.`;
  }
  if (text.includes('database is locked')) {
    return `The folder ${options?.dataDir} is in use by another devnet: stop that one, or choose another folder with --data.`;
  }
  const unwritable =
    code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST';
  if (unwritable || /unable to open database|readonly database|disk/.test(text)) {
    return `The folder ${options?.dataDir} cannot be written: make it writable, or choose another with --data.`;
  }
  return text;
}

function stopOnSignals(devnet: Devnet): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    devnet.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`devnet did not stop in order: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

let options: DevnetOptions | undefined;
try {
  options = readOptions();
  const devnet = await startDevnet(options);
  stopOnSignals(devnet);
  console.log(`devnet listening on ${devnet.url}`);
} catch (error) {
  console.error(remedy(error, options));
  process.exit(1);
}
