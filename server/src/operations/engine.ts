import type { Database } from '../database/database.ts';
import { present } from '../kernel/assert.ts';
import { type Actor, system } from '../kernel/actor.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { Refusal } from '../signer/refusal.ts';
import type { Address } from '../chain/address.ts';
import { beginAttempts, type BuiltAttempt } from './begin-attempts.ts';
import {
  type Answer,
  claimResends,
  commitSending,
  recordAnswers,
  type SignedAttempt,
} from './commit-sending.ts';
import { giveUp } from './give-up.ts';
import { putOff, type Unsigned } from './put-off.ts';
import type { Purposes } from './purposes.ts';

/** Makes signatures; nothing else sees a private key. */
export interface Signer {
  /** @throws when it will not or cannot sign */
  sign(owner: Address, rawDataHex: string): Promise<string>;
}

/** Hands signed bytes to some node; the answer is advice for people. */
export interface Broadcaster {
  broadcast(signedHex: string, avoid: string | null): Promise<{ node: string; answer: string }>;
}

export interface EngineSettings {
  readonly expirationSeconds: number;
  readonly leaseSeconds: number;
  readonly resendSeconds: number;
}

export interface EngineParts {
  readonly database: Database;
  readonly purposes: Purposes;
  readonly signer: Signer;
  readonly broadcaster: Broadcaster;
  /** The best known head's time, or undefined while no node answers: nothing is built then. */
  readonly headTimeMs: () => number | undefined;
  readonly settings: () => Promise<EngineSettings>;
  readonly clock: Clock;
  readonly ids: IdMaker;
  /** This worker among all of them. */
  readonly worker: string;
  readonly onError: (error: unknown) => void;
}

const BATCH = 50;
/** Without any wake-up the same work is found this soon. */
const SWEEP_MS = 1_000;

const engine: Actor = system('engine');

/** Brings intended operations to the chain: claim, build, sign, commit, and only then send. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #stop = new AbortController();
  #awake = new AbortController();
  #running: Promise<void> | undefined;
  readonly #sendings = new Set<Promise<void>>();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  /** There may be work: look now. Costs nothing when it is called too often. */
  wake(): void {
    this.#awake.abort();
  }

  /** Begins nothing more and waits for what is being sent. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#awake.abort();
    await this.#running;
    await Promise.all(this.#sendings);
  }

  /**
   * One round over everything that is due.
   * @returns how many operations were begun or sent again
   */
  async runOnce(): Promise<number> {
    const begun = await this.#beginDue();
    const resent = await this.#resendDue();
    await Promise.all(this.#sendings);
    const given = await this.#parts.database.transaction(engine, (em) =>
      giveUp(em, this.#parts.purposes),
    );
    return begun + resent + given;
  }

  async #loop(): Promise<void> {
    const { clock, onError, database, purposes } = this.#parts;
    while (!this.#stop.signal.aborted) {
      this.#awake = new AbortController();
      try {
        const begun = await this.#beginDue();
        if (begun === BATCH) continue;
        await this.#resendDue();
        await database.transaction(engine, (em) => giveUp(em, purposes));
      } catch (error) {
        onError(error);
      }
      await delay(clock, SWEEP_MS, AbortSignal.any([this.#awake.signal, this.#stop.signal]));
    }
  }

  async #beginDue(): Promise<number> {
    const { database, clock, worker, ids, headTimeMs } = this.#parts;
    const headTime = headTimeMs();
    if (headTime === undefined) return 0;
    const settings = await this.#parts.settings();
    const began = clock.monotonic();
    const built = await database.transaction(engine, (em) =>
      beginAttempts(em, {
        worker,
        ids,
        limit: BATCH,
        headTimeMs: headTime,
        leaseSeconds: settings.leaseSeconds,
        expirationSeconds: settings.expirationSeconds,
      }),
    );
    if (built.length === 0) return 0;
    const { signed, unsigned } = await this.#sign(built);
    if (unsigned.length > 0) {
      await database.transaction(engine, (em) => putOff(em, unsigned, worker));
    }
    // The lease is judged by the database; this only spares a commit that it would refuse.
    if (clock.monotonic() - began > settings.leaseSeconds * 1_000) return built.length;
    const sendable = await database.transaction(engine, (em) =>
      commitSending(em, signed, {
        worker,
        resendSeconds: settings.resendSeconds,
        purposes: this.#parts.purposes,
      }),
    );
    this.#send(sendable.map((attempt) => ({ ...attempt, lastNode: null })));
    return built.length;
  }

  async #sign(
    built: readonly BuiltAttempt[],
  ): Promise<{ signed: SignedAttempt[]; unsigned: Unsigned[] }> {
    const { signer, onError } = this.#parts;
    const results = await Promise.allSettled(
      built.map(({ effect, rawDataHex }) => signer.sign(effect.owner, rawDataHex)),
    );
    const signed: SignedAttempt[] = [];
    const unsigned: Unsigned[] = [];
    for (const [index, attempt] of built.entries()) {
      const result = present(results[index], 'signature');
      if (result.status === 'fulfilled') {
        signed.push({ ...attempt, signedHex: result.value });
      } else {
        onError(result.reason);
        unsigned.push({ ...attempt, problem: problemOf(result.reason) });
      }
    }
    return { signed, unsigned };
  }

  async #resendDue(): Promise<number> {
    const { database } = this.#parts;
    const headTimeMs = this.#parts.headTimeMs();
    if (headTimeMs === undefined) return 0;
    const { resendSeconds } = await this.#parts.settings();
    const resends = await database.transaction(engine, (em) =>
      claimResends(em, { limit: BATCH, headTimeMs, resendSeconds }),
    );
    this.#send(resends);
    return resends.length;
  }

  /** Not awaited by the loop: a slow node holds up nobody else's delivery. */
  #send(
    attempts: readonly { attemptId: string; signedHex: string; lastNode: string | null }[],
  ): void {
    if (attempts.length === 0) return;
    const { broadcaster, database, onError } = this.#parts;
    const sending = Promise.all(
      attempts.map(async ({ attemptId, signedHex, lastNode }): Promise<Answer> => {
        const { node, answer } = await broadcaster.broadcast(signedHex, lastNode);
        return { attemptId, node, answer };
      }),
    )
      .then((answers) => database.transaction(engine, (em) => recordAnswers(em, answers)))
      .catch(onError)
      .finally(() => this.#sendings.delete(sending));
    this.#sendings.add(sending);
  }
}

/** Only a refusal's sentence is made for people and free of secrets. */
function problemOf(error: unknown): string {
  if (error instanceof Refusal) return `The signer refused (${error.code}): ${error.message}`;
  return 'The signer gave no signature; it is asked again.';
}
