// The way in: `npm start`, `npm test`, `npm run demo`. Runs on the machine's own Node (20.19 or
// newer) with nothing installed, installs what is missing, and hands over to the Node that the
// packages bring.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const runtimeMajor = 26;
const programs = { start: 'local/start.ts', test: 'local/test.ts', demo: 'local/demo.ts' };

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old: install Node.js 20.19 or newer.`);
  }
}

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Whether node_modules holds what the lock file asks for, by npm's own note of what it installed. */
function isInstalled() {
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const there = readJson('node_modules/.package-lock.json')?.packages;
  if (there === undefined) return false;
  return Object.entries(wanted).every(([place, entry]) => {
    // Packages for other platforms stay away; workspaces are links.
    if (!place.startsWith('node_modules/') || entry.optional || entry.link) return true;
    return there[place]?.version === entry.version;
  });
}

function install() {
  const lock = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  const mark = lock.digest('hex');
  const stamp = path.join(root, 'node_modules/.energy-desk-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === mark) return;
  if (!isInstalled()) {
    console.log('Installing packages (npm install); the first time takes a minute or two …');
    const npm = process.env.npm_execpath;
    // Not `npm ci`: it refuses the whole lock file when a registry lacks an optional package for some
    // other platform. With --no-save the versions of the lock file hold all the same.
    const flags = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    flags.push('--include=dev', '--include=optional');
    const [command, args] = npm ? [process.execPath, [npm, ...flags]] : ['npm', flags];
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    if (error?.code === 'ENOENT') fail('npm was not found: install npm 10 or newer.');
    if (status !== 0) {
      fail(
        'npm install failed (its words are above): put that right and run the same command again.',
      );
    }
  }
  writeFileSync(stamp, mark);
}

/** The Node that the packages bring, or ours when that is new enough. */
function findRuntime() {
  const bin = path.join(root, 'node_modules/.bin');
  const brought = path.join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
  const said = existsSync(brought)
    ? spawnSync(brought, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' })
    : undefined;
  if (said?.stdout?.startsWith(`v${runtimeMajor}.`)) return { runtime: brought, bin };
  if (Number(process.versions.node.split('.')[0]) >= runtimeMajor) {
    return { runtime: process.execPath, bin };
  }
  return fail(
    `No package brings Node ${runtimeMajor} for ${process.platform} on ${process.arch}: install Node.js ${runtimeMajor} and run the same command again.`,
  );
}

/** The npm that runs us: our parent, or the parent of the shell between. */
function findNpm() {
  const { ppid } = process;
  try {
    const ps = (field) =>
      spawnSync('ps', ['-o', `${field}=`, '-p', `${ppid}`], { encoding: 'utf8' });
    const [name, above] =
      process.platform === 'linux'
        ? readFileSync(`/proc/${ppid}/stat`, 'utf8')
            .match(/\((.*)\) \S (\d+)/)
            .slice(1)
        : [ps('comm').stdout.trim(), ps('ppid').stdout];
    return /(^|\/)(ba|da|z)?sh$/.test(name) ? Number(above) : ppid;
  } catch {
    return ppid;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

checkNode();
const [command, ...rest] = process.argv.slice(2);
const program = programs[command];
if (program === undefined && command !== 'install') {
  fail(`Say what to do: ${Object.keys(programs).join(', ')}, install.`);
}
install();
if (program === undefined) process.exit(0);
const { runtime, bin } = findRuntime();
const child = spawn(runtime, [path.join(root, program), ...rest], {
  cwd: root,
  // The channel tells the program when we are gone, even by kill -9.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` },
  shell: process.platform === 'win32',
});
// A terminal's Ctrl-C reaches the program as well; it decides when all is stopped.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event !== undefined) {
  const npm = findNpm();
  // npm itself may be killed without a chance to tell.
  setInterval(() => {
    if (!isAlive(npm)) child.kill('SIGTERM');
  }, 500).unref();
}
child.on('error', (error) => fail(`${runtime} could not be started (${error.message}).`));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
