import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { NodeFault } from './node-fault.ts';
import type { NodeTransport } from './node-http.ts';
import { TokenBucket } from './token-bucket.ts';

/** How often a node may be asked. */
export interface NodePace {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once after a rest. */
  readonly burst: number;
}

/** What a node was asked since the start of this process. */
export interface NodeTraffic {
  readonly requests: number;
  /** Answers that said "too much": 403, 429, 503, or the node's own limiter. */
  readonly rateLimited: number;
  /** Requests that were not sent, because the bucket was empty or the node asked for a rest. */
  readonly held: number;
  /** Tokens left; null where the node has no limit. */
  readonly tokens: number | null;
  readonly burst: number | null;
  /** Milliseconds until it is asked again after it said "too much"; 0 when it is asked now. */
  readonly restMs: number;
}

export interface PacedTransportOptions {
  /** Null for a node of one's own, which is asked as often as there is something to ask. */
  readonly pace: NodePace | null;
  readonly clock: Clock;
  readonly random: Random;
}

/** The first rest after "too much"; each further one in a row is twice as long. */
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 60_000;
/** What a node asks for beyond this is not believed: it is probed. */
const LONGEST_WISH_MS = 5 * 60_000;

/** A read waits as long for its turn, and then has another node asked. */
const READ_PATIENCE_MS = 1_500;
/** A broadcast waits longer, before all reads; then another node gets it. */
const BROADCAST_PATIENCE_MS = 3_000;

/**
 * Keeps a node's limits: a token bucket in front of every request, broadcasts before reads, and a
 * rest with jitter when the node says "too much", for as long as it says where it says so. During a
 * rest nothing is sent at all, and one request that works ends it.
 */
export class PacedTransport implements NodeTransport {
  readonly #transport: NodeTransport;
  readonly #options: PacedTransportOptions;
  readonly #bucket: TokenBucket | null;
  #restUntil = 0;
  #rests = 0;
  #requests = 0;
  #rateLimited = 0;
  #held = 0;

  constructor(transport: NodeTransport, options: PacedTransportOptions) {
    this.#transport = transport;
    this.#options = options;
    const { pace, clock } = options;
    this.#bucket = pace === null ? null : new TokenBucket({ ...pace, clock });
  }

  get name(): string {
    return this.#transport.name;
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  traffic(): NodeTraffic {
    return {
      requests: this.#requests,
      rateLimited: this.#rateLimited,
      held: this.#held,
      tokens: this.#bucket?.level ?? null,
      burst: this.#options.pace?.burst ?? null,
      restMs: this.#restMs(),
    };
  }

  /** A node's own limiter answers with HTTP 200: whoever reads the answer tells it here. */
  noteRateLimit(retryAfterMs?: number): void {
    const { clock, random } = this.#options;
    this.#rateLimited += 1;
    const resting = this.#restMs() > 0;
    // Requests that were under way together count as one refusal.
    if (!resting) this.#rests += 1;
    const full = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (this.#rests - 1));
    // At least half of it, so that many processes do not come back at the same moment.
    const jittered = full / 2 + random.below(Math.max(1, Math.floor(full / 2)));
    const wished = Math.min(retryAfterMs ?? 0, LONGEST_WISH_MS);
    const until = clock.monotonic() + Math.max(resting ? 0 : jittered, wished);
    this.#restUntil = Math.max(this.#restUntil, until);
  }

  async post(path: string, body: object): Promise<unknown> {
    const urgent = path.includes('/broadcast');
    await this.#turn(path, urgent);
    this.#requests += 1;
    try {
      const reply = await this.#transport.post(path, body);
      if (this.#restMs() === 0 && !isLimiter(reply)) this.#rests = 0;
      return reply;
    } catch (error) {
      if (error instanceof NodeFault && error.kind === 'rate-limited') {
        this.noteRateLimit(error.retryAfterMs);
      }
      throw error;
    }
  }

  async #turn(path: string, urgent: boolean): Promise<void> {
    const restMs = this.#restMs();
    if (restMs > 0) {
      throw this.#hold(
        `${path}: it rests for ${Math.ceil(restMs / 1_000)} s, as it asked for less`,
      );
    }
    if (this.#bucket === null) return;
    const patienceMs = urgent ? BROADCAST_PATIENCE_MS : READ_PATIENCE_MS;
    if (!(await this.#bucket.take(urgent, patienceMs))) {
      throw this.#hold(`${path}: its limit left no turn in ${patienceMs} ms`);
    }
  }

  #hold(what: string): NodeFault {
    this.#held += 1;
    return new NodeFault('rate-limited', this.name, what, undefined, { sent: false });
  }

  #restMs(): number {
    return Math.max(0, this.#restUntil - this.#options.clock.monotonic());
  }
}

/** Told by whoever reads the answer; here it must only not end a row of rests. */
function isLimiter(reply: unknown): boolean {
  return (
    typeof reply === 'object' &&
    reply !== null &&
    'Error' in reply &&
    String(reply.Error).includes('lack of computing resources')
  );
}
