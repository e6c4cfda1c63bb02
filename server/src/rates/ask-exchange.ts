import { lookup } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { Agent, errors, request } from 'undici';
import type { Clock } from '../kernel/clock.ts';
import { type Exchange, readAnswer } from './exchanges.ts';
import type { NoQuote, Quote } from './judge-quotes.ts';

export interface AskOptions {
  readonly clock: Clock;
  /** Whether addresses of this machine and of private networks may be asked: on the local network only. */
  readonly privateToo: boolean;
  /** For the whole answer. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
/** A ticker has some hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024;

/** Networks that no exchange is in: what answers there is not meant to be asked by us. */
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inner.addSubnet(net, bits, 'ipv4');
}
inner.addAddress('::', 'ipv6');
inner.addAddress('::1', 'ipv6');
inner.addSubnet('fc00::', 7, 'ipv6');
inner.addSubnet('64:ff9b::', 96, 'ipv6');
/** Where clouds tell machines their secrets; asked on no network. */
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addAddress('fd00:ec2::254', 'ipv6');

/** Whether an address, as a name resolved to it, may be connected to. IPv4 within IPv6 counts as IPv4. */
export function mayConnect(address: string, privateToo: boolean): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || metadata.check(address, family)) return false;
  return privateToo || !inner.check(address, family);
}

/** Asks exchanges for their prices. Follows no redirect, reads little, waits shortly. */
export class ExchangeClient {
  readonly #options: AskOptions;
  readonly #agent: Agent;

  constructor(options: AskOptions) {
    this.#options = options;
    const { privateToo } = options;
    // Judged at the connection, so that a name cannot resolve to another address afterwards.
    const guarded: LookupFunction = (hostname, lookupOptions, callback) => {
      lookup(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
        const [first] = error
          ? []
          : addresses.filter(({ address }) => mayConnect(address, privateToo));
        if (error || !first) {
          callback(error ?? new Error('its name stands for an inner address'), []);
          return;
        }
        if (lookupOptions.all === true) callback(null, [first]);
        else callback(null, first.address, first.family);
      });
    };
    this.#agent = new Agent({
      connect: { lookup: guarded },
      maxResponseSize: MAX_BODY_BYTES,
      maxHeaderSize: 16 * 1024,
      headersTimeout: 0,
      bodyTimeout: 0,
      connections: 1,
    });
  }

  /** Never throws: what is wrong is the reason why there is no quote. */
  async ask({ name, kind, url }: Exchange): Promise<Quote | NoQuote> {
    const { clock, privateToo, timeoutMs = TIMEOUT_MS } = this.#options;
    const abort = new AbortController();
    const alarm = clock.after(timeoutMs, () => abort.abort());
    try {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
      // Literal addresses are connected to without a look-up.
      if (isIP(host) !== 0 && !mayConnect(host, privateToo)) {
        return { source: name, why: 'its address is an inner one, which is not asked' };
      }
      const response = await request(url, {
        dispatcher: this.#agent,
        signal: abort.signal,
        headers: { accept: 'application/json', 'accept-encoding': 'identity' },
      });
      if (response.statusCode !== 200) {
        response.body.on('error', () => undefined).destroy();
        return { source: name, why: `it answered HTTP ${response.statusCode}` };
      }
      const answer = readAnswer(kind, JSON.parse(await response.body.text()));
      return typeof answer === 'string'
        ? { source: name, why: answer }
        : { source: name, ...answer };
    } catch (error) {
      if (abort.signal.aborted)
        return { source: name, why: `it gave no answer in ${timeoutMs} ms` };
      return { source: name, why: whyOf(error) };
    } finally {
      alarm.cancel();
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function whyOf(error: unknown): string {
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return `it answered more than ${MAX_BODY_BYTES} bytes`;
  }
  if (error instanceof SyntaxError) return 'its answer is no JSON';
  const message = error instanceof Error ? error.message || error.name : 'no connection';
  return `it cannot be reached: ${message}`.slice(0, 200);
}
