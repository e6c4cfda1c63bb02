/**
 * Given to a desk's process with `--import`: stands between the desk and PostgreSQL's client, and
 * between it and the nodes' HTTP client, and lets the process fall where a {@link Strike} says. The
 * desk itself has no code for any of this.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type pg from 'pg';
import { Pool } from 'undici';
import { type Strike, STRIKE_FILE, struckFile } from './strike.ts';

// Whoever started us is gone, and nobody will end us.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();

const file = process.env[STRIKE_FILE] ?? '';
let armed: Strike | undefined;

/** The strike that waits, if any. It may be laid while the process runs. */
function waiting(): Strike | undefined {
  if (armed === undefined && file !== '' && existsSync(file)) {
    armed = JSON.parse(readFileSync(file, 'utf8')) as Strike;
    rmSync(file);
  }
  return armed;
}

/** The process ends, or stands still until SIGCONT, inside this call. */
function fall(strike: Strike): void {
  writeFileSync(struckFile(file), '');
  process.kill(process.pid, strike.signal);
}

type Call = (this: object, ...args: unknown[]) => unknown;

function fallAround(
  strike: Strike | undefined,
  args: readonly unknown[],
  call: (args: readonly unknown[]) => unknown,
): unknown {
  if (strike === undefined) return call(args);
  // It comes once: of several requests that go out together the others find none, or a process that
  // was woken would stop again.
  armed = undefined;
  if (strike.when === 'before') fall(strike);
  const answer = call(strike.when === 'after' ? args.map((arg) => fallFirst(strike, arg)) : args);
  // By then the bytes are with the kernel: whether the other side acts on them is open.
  if (strike.when === 'during') setImmediate(() => fall(strike));
  if (strike.when !== 'after' || !(answer instanceof Promise)) return answer;
  return answer.then((value: unknown) => {
    fall(strike);
    return value;
  });
}

/** Who asks with a callback has the answer when that is called. */
function fallFirst(strike: Strike, arg: unknown): unknown {
  if (typeof arg !== 'function') return arg;
  return (error: unknown, ...answer: unknown[]): unknown => {
    if (!error) fall(strike);
    return (arg as (...given: unknown[]) => unknown)(error, ...answer);
  };
}

const transactions = new WeakMap<object, string[]>();

/** The statement and the texts among its parameters, on one line. */
function describe([statement, given]: readonly unknown[]): string {
  const config = statement as { readonly text?: string; readonly values?: unknown };
  const text = typeof statement === 'string' ? statement : (config.text ?? '');
  const values: unknown = given ?? config.values;
  const texts = Array.isArray(values)
    ? values.filter((value): value is string => typeof value === 'string')
    : [];
  return `${text.replace(/\s+/g, ' ')} -- ${texts.join(' ')}`;
}

// The ORM may have a pg of its own, which is another one than ours.
const ormRequire = createRequire(import.meta.resolve('@mikro-orm/postgresql'));
const { Client } = ormRequire('pg') as typeof pg;
const client = Client.prototype as unknown as { query: Call };
const query = client.query;
client.query = function watchedQuery(this: object, ...args: unknown[]): unknown {
  const line = describe(args);
  if (/^(begin|start transaction)/i.test(line)) transactions.set(this, []);
  const before = transactions.get(this) ?? [];
  before.push(line);
  if (/^(commit|rollback) /i.test(line)) transactions.delete(this);
  const strike = waiting();
  const strikes =
    strike?.on === 'sql' &&
    new RegExp(strike.match, 'i').test(line) &&
    (strike.within === undefined || before.some((one) => one.match(strike.within ?? '') !== null));
  if (strikes) letLeave(this);
  return fallAround(strikes ? strike : undefined, args, (given) => query.apply(this, [...given]));
};

/** What was asked before goes out, also what was to leave in one piece with this. */
function letLeave(asking: object): void {
  const { stream } = (asking as { readonly connection: { readonly stream: Socket } }).connection;
  while (stream.writableCorked > 0) stream.uncork();
}

const pool = Pool.prototype as unknown as { request: Call };
const request = pool.request;
pool.request = function watchedRequest(this: object, ...args: unknown[]): unknown {
  const strike = waiting();
  const path = String((args[0] as { readonly path?: unknown }).path);
  const strikes = strike?.on === 'http' && new RegExp(strike.match).test(path);
  return fallAround(strikes ? strike : undefined, args, (given) => request.apply(this, [...given]));
};
