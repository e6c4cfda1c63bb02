import path from 'node:path';
import { parseArgs } from 'node:util';
import { Obstacle } from './say.ts';

/** The top of the checkout. */
export const root = path.resolve(import.meta.dirname, '..');

/** What `npm start` was asked for, by flags (`npm start -- --port 3001`) or by environment. */
export interface Options {
  /** Console and API. */
  readonly port: number;
  readonly devnetPort: number;
  readonly postgresPort: number;
  readonly dataDir: string;
  /** A PostgreSQL of one's own; then none is started. */
  readonly databaseUrl: string | undefined;
}

/** @throws Obstacle when a flag is not known or a port is none. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const flags = parse(args);
  return {
    port: port('PORT', flags.port ?? env['PORT'], 3000),
    devnetPort: port('DEVNET_PORT', flags['devnet-port'] ?? env['DEVNET_PORT'], 18_090),
    postgresPort: port('POSTGRES_PORT', flags['postgres-port'] ?? env['POSTGRES_PORT'], 15_432),
    dataDir: path.resolve(root, flags['data-dir'] ?? env['DATA_DIR'] ?? '.data'),
    databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'devnet-port': { type: 'string' },
        'postgres-port': { type: 'string' },
        'data-dir': { type: 'string' },
      },
    }).values;
  } catch {
    throw new Obstacle(
      `Of '${args.join(' ')}' something is not known: there are --port, --devnet-port, --postgres-port and --data-dir.`,
    );
  }
}

function port(name: string, given: string | undefined, usual: number): number {
  if (given === undefined || given === '') return usual;
  const value = Number(given);
  if (/^\d{1,5}$/.test(given) && value >= 1 && value <= 65_535) return value;
  throw new Obstacle(`${name} is '${given}': give a port from 1 to 65535, such as ${usual}.`);
}
