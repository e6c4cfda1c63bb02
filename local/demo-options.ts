import { parseArgs } from 'node:util';
import { Obstacle } from './say.ts';

export interface DemoOptions {
  /** Orders a second, over all users. */
  readonly rate: number;
  readonly users: number;
  /** Address of the GraphQL endpoint; undefined means the desk that npm start brought up. */
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  readonly network: string | undefined;
}

/** @throws Obstacle when a flag is not known or a number is none. */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const flags = parse(args);
  return {
    rate: number('--rate', flags.rate, 0.01, 500),
    users: Math.floor(number('--users', flags.users, 1, 10_000)),
    url: flags.url,
    apiKey: flags.key,
    network: flags.network,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rate: { type: 'string', default: '2' },
        users: { type: 'string', default: '40' },
        url: { type: 'string' },
        key: { type: 'string' },
        network: { type: 'string' },
      },
    }).values;
  } catch {
    throw new Obstacle(
      `Of '${args.join(' ')}' something is not known: there are --rate, --users, --url, --key and --network.`,
    );
  }
}

function number(name: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (given.trim() !== '' && value >= least && value <= most) return value;
  throw new Obstacle(`${name} is '${given}': give a number from ${least} to ${most}.`);
}
