import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isAbout } from './rows.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface BenchOptions {
  /** Ids of rows, upper case; all when empty. */
  readonly wanted: readonly string[];
  readonly rounds: number;
  /** Null leaves each row its own. */
  readonly seconds: number | null;
  readonly orders: number;
  readonly out: string;
  /** Each row's process writes a profile into this folder; null does without. */
  readonly profile: string | null;
}

/** The command line is not one that can be run; the message says how it is written. */
export class BadOptions extends Error {}

const USAGE = `npm run bench -- [rows, such as P2 P7] [--rounds 5] [--seconds S] [--orders 3e4]
                [--out FILE.json] [--profile FOLDER]`;

/** Rounds below this are a look, no measurement. */
export const ROUNDS = 5;
const ORDERS = 30_000;

/** @throws BadOptions */
export function readOptions(argv: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parse(argv);
  const wanted = positionals.map((id) => id.toUpperCase());
  const unknown = wanted.filter((id) => !known.some((one) => isAbout(one, id)));
  if (unknown.length > 0) {
    throw new BadOptions(
      `There is no row ${unknown.join(', ')}. There are ${known.join(', ').replace('+', ', ')}.`,
    );
  }
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  return {
    wanted,
    rounds: number(values.rounds, 'rounds', 1, 100) ?? ROUNDS,
    seconds: number(values.seconds, 'seconds', 0.2, 3_600),
    orders: number(values.orders, 'orders', 1_000, 20_000_000) ?? ORDERS,
    out: path.resolve(values.out ?? path.join(root, '.data/bench', `${stamp}.json`)),
    profile: values.profile === undefined ? null : path.resolve(values.profile),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        orders: { type: 'string' },
        out: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new BadOptions(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function number(
  text: string | undefined,
  name: string,
  least: number,
  most: number,
): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new BadOptions(`--${name} is a number from ${least} to ${most}.\n${USAGE}`);
}
