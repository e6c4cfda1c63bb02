import path from 'node:path';
import { reachable } from '../server/src/database/embedded-postgres-home.ts';
import { stopLeftBehind } from '../server/src/database/embedded-postgres-left-behind.ts';
import { buildChanged } from './build.ts';
import { endLeftBehind } from './child.ts';
import { LocalPrograms } from './desk.ts';
import { type Lock, takeLock } from './lock.ts';
import { requireRoom, requireWritable } from './obstacles.ts';
import { type Options, readOptions } from './options.ts';
import type { Prepared } from './prepare.ts';
import { Obstacle, say } from './say.ts';

let lock: Lock | undefined;
let programs: LocalPrograms | undefined;
let stopping: Promise<void> | undefined;

/** Stops what has been started, once, and ends this process. */
function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    await lock?.markStopping();
    await programs?.stopAll();
    await lock?.release();
    if (programs !== undefined) say('Stopped. All data is kept.');
    process.exit(exitCode);
  })();
  return stopping;
}

function fail(error: unknown): Promise<void> {
  // A stop in the middle of a start lets the start fail; that is no news.
  if (stopping === undefined) {
    console.error(error instanceof Obstacle ? `\n${error.message}` : error);
  }
  return stop(1);
}

function farewell(options: Options, prepared: Prepared): void {
  const lines = ['', `  Console            http://127.0.0.1:${options.port}`];
  const { operator, apiKey, demoUser, demoReceiver } = prepared;
  if (operator) {
    lines.push(`  First operator     ${operator.email}`);
    lines.push(
      `  Password           ${operator.password}   (shown this once; change it after signing in)`,
    );
  }
  if (apiKey) lines.push(`  API key for a bot  ${apiKey}   (shown this once)`);
  if (demoUser) lines.push(`  Demo user          Telegram id ${demoUser.telegramId}`);
  if (demoReceiver) lines.push(`  Receiver to try    ${demoReceiver}`);
  lines.push(`  GraphQL            http://127.0.0.1:${options.port}/graphql`);
  lines.push(`  TRON network       http://127.0.0.1:${options.devnetPort}`);
  lines.push(`  Data               ${options.dataDir}`);
  lines.push(`  Logs               ${path.join(options.dataDir, 'logs')}`);
  lines.push(
    '',
    '  Ctrl-C stops everything. `npm run demo` in another terminal plays some users.',
    '',
  );
  console.log(lines.join('\n'));
}

async function main(): Promise<void> {
  let options = readOptions(process.argv.slice(2), process.env);
  await requireWritable(options.dataDir);
  if (options.databaseUrl === undefined) {
    const dataDir = await reachable(options.dataDir);
    if (dataDir !== options.dataDir) {
      say(`PostgreSQL's account may not enter ${options.dataDir}: the data is in ${dataDir}`);
    }
    options = { ...options, dataDir };
    await requireWritable(dataDir);
  }
  lock = await takeLock(options.dataDir);
  await endLeftBehind(options.dataDir);
  await stopLeftBehind(path.join(options.dataDir, 'postgres'), say);
  await requireRoom(options);
  programs = new LocalPrograms(options);
  const desk = await programs.start(buildChanged(path.join(options.dataDir, 'logs')));
  say('Energy Desk is up');
  farewell(options, desk.prepared);
  await desk.broken;
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
process.on('SIGHUP', () => void stop(0));
// The bootstrap, and with it the terminal, is gone.
process.on('disconnect', () => void stop(0));

try {
  await main();
} catch (error) {
  await fail(error);
}
