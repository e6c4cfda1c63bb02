import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Python {
  /** A Python 3.8 or newer that has what the bot needs. */
  readonly program: string;
  readonly forget: () => Promise<void>;
}

/**
 * The machine's Python when it has `requests`, else one in an environment of its own into which pip
 * installs it. `PYTHON` names another program than `python3`.
 * @throws when there is none, or none that is new enough, or nothing can be installed
 */
export async function findPython(requirements: string): Promise<Python> {
  const machines = process.env['PYTHON'] ?? 'python3';
  try {
    await run(machines, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']);
  } catch (error) {
    throw new Error(
      `The tests of the bot need Python 3.8 or newer as "${machines}": install python3, or name it in PYTHON.`,
      { cause: error },
    );
  }
  if (await succeeds(machines, ['-c', 'import requests'])) {
    return { program: machines, forget: () => Promise.resolve() };
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-python-'));
  const program = path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  try {
    await run(machines, ['-m', 'venv', folder]);
    await run(program, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(
      `The tests of the bot need the Python package requests, and it could not be installed: install python3-requests (or python3-venv and pip).`,
      { cause: error },
    );
  }
  return { program, forget: () => rm(folder, { recursive: true, force: true }) };
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(program, args);
    return true;
  } catch {
    return false;
  }
}
