import { readFileSync } from 'node:fs';
import { createApp } from './app.ts';
import { type Environment, EnvironmentError, readEnvironment } from './environment.ts';
import { systemClock } from './kernel/clock.ts';
import { systemRandom } from './kernel/random.ts';
import { createLogger } from './monitoring/logger.ts';

/** A stop that hangs is cut off; everything that matters is in the database by then. */
const STOP_LIMIT_MS = 15_000;

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    // There is no log yet, and this is for whoever starts the process.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function versionOf(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return (manifest as { version: string }).version;
}

const environment = environmentOrExit();
const log = createLogger({
  level: environment.logLevel,
  pretty: environment.logPretty,
  instanceName: environment.instanceName,
});
const app = await createApp({
  environment,
  clock: systemClock,
  random: systemRandom,
  log,
  version: versionOf(),
});

let stopping = false;
function stop(signal: string): void {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  systemClock.after(STOP_LIMIT_MS, () => {
    log.error('the stop took too long and was cut off');
    process.exit(1);
  });
  void app.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, 'the stop failed');
      process.exit(1);
    },
  );
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

try {
  const port = await app.start();
  log.info({ roles: environment.roles, port }, 'the desk is up');
} catch (error) {
  log.fatal({ err: error }, 'the desk cannot start');
  process.exit(1);
}
