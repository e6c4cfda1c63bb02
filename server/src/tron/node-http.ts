import { errors, Pool } from 'undici';
import type { Clock } from '../kernel/clock.ts';
import { NodeFault } from './node-fault.ts';
import { parseExactJson } from './node-json.ts';
import type { NodeTraffic } from './paced-transport.ts';

export interface NodeHttpOptions {
  readonly url: string;
  /** Sent as TRON-PRO-API-KEY; appears in no error. */
  readonly apiKey?: string;
  /** For the whole answer, body included. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** A longer answer is an error and is not kept in memory. */
  readonly maxBodyBytes?: number;
  readonly connections?: number;
}

/** What carries questions to one node. */
export interface NodeTransport {
  /** How the node is called in logs and health; holds no credentials. */
  readonly name: string;
  /** Asks once. @throws NodeFault */
  post(path: string, body: object): Promise<unknown>;
  close(): Promise<void>;
  /** What it was asked, where that is counted. */
  traffic?(): NodeTraffic;
  /** The answer was the node's own limiter's. */
  noteRateLimit?(): void;
}

/** A hundred full blocks of mainnet are about 30 MB. */
const MAX_BODY_BYTES = 48 * 1024 * 1024;
const CONNECTIONS = 16;
const KEEP_ALIVE_MS = 30_000;

/** Statuses by which proxies before nodes say "too much" (tron-facts 8). */
const RATE_LIMITED = new Set([403, 429, 503]);

/** One node's HTTP API: JSON in, JSON out, or a {@link NodeFault}; bounded in time and size. */
export class NodeHttp implements NodeTransport {
  /** Host and path, without credentials: how the node is called in logs and health. */
  readonly name: string;
  readonly #basePath: string;
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #maxBodyBytes: number;

  constructor(options: NodeHttpOptions) {
    const url = new URL(options.url);
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.name = url.host + this.#basePath;
    this.#timeoutMs = options.timeoutMs;
    this.#clock = options.clock;
    this.#maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
    this.#headers = {
      'content-type': 'application/json',
      ...(options.apiKey !== undefined && { 'tron-pro-api-key': options.apiKey }),
    };
    this.#pool = new Pool(url.origin, {
      connections: options.connections ?? CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxResponseSize: this.#maxBodyBytes,
      // The signal below bounds the whole exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Asks once. @throws NodeFault */
  async post(path: string, body: object): Promise<unknown> {
    const text = await this.#exchange(path, JSON.stringify(body));
    try {
      return parseExactJson(text);
    } catch (error) {
      throw new NodeFault('garbage', this.name, `${path} answered without JSON`, error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #exchange(path: string, body: string): Promise<string> {
    const abort = new AbortController();
    const alarm = this.#clock.after(this.#timeoutMs, () => abort.abort());
    try {
      const response = await this.#pool.request({
        method: 'POST',
        path: this.#basePath + path,
        headers: this.#headers,
        body,
        signal: abort.signal,
      });
      if (response.statusCode !== 200) {
        // Not read: the connection is given up rather than a hostile body followed.
        response.body.on('error', () => undefined).destroy();
        const kind = RATE_LIMITED.has(response.statusCode) ? 'rate-limited' : 'http';
        const what = `${path} answered HTTP ${response.statusCode}`;
        const retryAfterMs = readRetryAfter(response.headers['retry-after'], this.#clock.now());
        throw new NodeFault(kind, this.name, what, undefined, { retryAfterMs });
      }
      return await response.body.text();
    } catch (error) {
      throw this.#fault(path, error, abort.signal.aborted);
    } finally {
      alarm.cancel();
    }
  }

  #fault(path: string, error: unknown, timedOut: boolean): NodeFault {
    if (error instanceof NodeFault) return error;
    if (timedOut) {
      return new NodeFault(
        'timeout',
        this.name,
        `${path}: nothing in ${this.#timeoutMs} ms`,
        error,
      );
    }
    if (error instanceof errors.ResponseExceededMaxSizeError) {
      const limit = `${path} answered more than ${this.#maxBodyBytes} bytes`;
      return new NodeFault('garbage', this.name, limit, error);
    }
    const why = error instanceof Error ? error.message || error.name : 'no connection';
    return new NodeFault('network', this.name, `${path}: ${why}`, error);
  }
}

/** Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
export function readRetryAfter(
  header: string | string[] | undefined,
  now: Date,
): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
