import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const run = promisify(execFile);

/** The top of this checkout: three folders above both src/database and dist/database. */
const checkout = path.resolve(import.meta.dirname, '../../..');

/** Whom PostgreSQL runs as: it refuses to run as root. `undefined` means as ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

/** Where PostgreSQL's programs and data are, and whom they run as. */
export interface PostgresHome {
  readonly account: Account;
  /** Folder with bin/, lib/ and share/. */
  readonly programs: string;
  /** The data folder: the wanted one, or its shelter where the account could not enter that. */
  readonly dataDir: string;
}

/**
 * Finds PostgreSQL's own programs in node_modules and a data folder that it may use. As root, that
 * is done for the system account `postgres`, and what lies where that account cannot go (a checkout
 * in /root) is put below /var/lib/energy-desk instead.
 *
 * @throws EmbeddedPostgresError when this platform has no programs or the folder cannot be made.
 */
export async function findHome(wanted: string): Promise<PostgresHome> {
  const account = await accountForPostgres();
  let programs = await packagedPrograms();
  if (account !== undefined && !(await mayEnter(programs, account))) {
    programs = await shelterPrograms(programs);
  }
  const dataDir = await reachable(wanted, account);
  try {
    await mkdir(path.dirname(dataDir), { recursive: true, mode: 0o755 });
    await access(path.dirname(dataDir), 2);
  } catch (error) {
    throw new EmbeddedPostgresError(
      'FOLDER_UNUSABLE',
      `The folder ${path.dirname(dataDir)} cannot be written to, so PostgreSQL has no place for its data.`,
      { cause: error },
    );
  }
  return { account, programs, dataDir };
}

/**
 * The folder itself where PostgreSQL's account may enter it, else its place in the shelter. The same
 * folder always gets the same place.
 */
export async function reachable(wanted: string, known?: Account): Promise<string> {
  const account = known ?? (await accountForPostgres());
  const folder = path.resolve(wanted);
  if (account === undefined || (await mayEnter(path.dirname(folder), account))) return folder;
  return shelterOf(folder);
}

/** Gives a file or folder to the account, with the mode. */
export async function handTo(account: Account, target: string, mode: number): Promise<void> {
  await chmod(target, mode);
  if (account !== undefined) await chown(target, account.uid, account.gid);
}

function shelter(): string {
  const mark = createHash('sha256').update(checkout).digest('hex').slice(0, 12);
  return path.join('/var/lib/energy-desk', mark);
}

function shelterOf(dataDir: string): string {
  const inside = path.relative(checkout, dataDir);
  const name = inside.startsWith('..')
    ? createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
    : inside.replace(/^\./, '');
  return path.join(shelter(), name);
}

async function accountForPostgres(): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUpAccount();
  if (found !== undefined) return found;
  const shell = '/usr/sbin/nologin';
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    shell,
    'postgres',
  ])
    // BusyBox has no useradd.
    .catch(() => run('adduser', ['-S', '-D', '-H', 'postgres']))
    .catch(() => undefined);
  const made = await lookUpAccount();
  if (made !== undefined) return made;
  throw new EmbeddedPostgresError(
    'NO_ACCOUNT',
    'PostgreSQL does not run as root and the system account postgres could not be made: run as another user, or make that account.',
  );
}

async function lookUpAccount(): Promise<Account> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  const fields = lines.find((line) => line.startsWith('postgres:'))?.split(':');
  if (fields === undefined) return undefined;
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** Whether the account may enter the folder and all above it, by their modes. */
async function mayEnter(folder: string, account: NonNullable<Account>): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    // A folder that is not there yet will be made so that it can be entered.
    const info = await stat(at).catch(() => undefined);
    if (info !== undefined) {
      const bit = info.uid === account.uid ? 0o100 : info.gid === account.gid ? 0o010 : 0o001;
      if ((info.mode & bit) === 0) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}

async function packagedPrograms(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromHere = createRequire(import.meta.url);
  let entry: string;
  try {
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch (error) {
    throw new EmbeddedPostgresError(
      'NO_PROGRAMS',
      `There are no PostgreSQL programs for ${process.platform} on ${process.arch}: install PostgreSQL 18 and give its address as DATABASE_URL.`,
      { cause: error },
    );
  }
  const folder = path.resolve(entry, '../../native');
  await makeLinks(folder);
  return folder;
}

/**
 * npm packages cannot carry symbolic links; the package makes them in an install script, which
 * `npm ci --ignore-scripts` skips. Without them the programs do not find their libraries.
 */
async function makeLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  const top = path.dirname(folder);
  for (const { source, target } of links) {
    const place = path.join(top, target);
    await symlink(path.relative(path.dirname(target), source), place).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const file = path.join(
      folder,
      'bin',
      process.platform === 'win32' ? `${program}.exe` : program,
    );
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
}

async function shelterPrograms(programs: string): Promise<string> {
  // The version in the name: an update of the package is copied anew.
  const manifest = await readFile(path.resolve(programs, '../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const place = path.join(shelter(), `postgresql-${version}`);
  const isThere = await stat(place).catch(() => undefined);
  if (isThere === undefined) {
    const half = `${place}.${process.pid}`;
    await rm(half, { recursive: true, force: true });
    await cp(programs, half, { recursive: true, verbatimSymlinks: true });
    // Whole or not at all; another process may have been faster.
    await rename(half, place).catch(() => rm(half, { recursive: true, force: true }));
  }
  return place;
}
