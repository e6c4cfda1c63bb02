import type { Database, EntityManager } from '../database/database.ts';
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
  /** Reads what signing for these accounts takes, together with what else the transaction reads. */
  forOwners(em: EntityManager, owners: readonly Address[]): Promise<Sign>;
}

/** @throws when the signer will not or cannot sign */
export type Sign = (owner: Address, rawDataHex: string) => Promise<string>;

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
/** Without any wake-up the same work is found this soon; what is late is looked for this often. */
const SWEEP_MS = 1_000;
/** Batches that are being signed and committed while the next one is claimed. */
const MOST_UNDER_WAY = 3;

const engine: Actor = system('engine');

/** Brings intended operations to the chain: claim, build, sign, commit, and only then send. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #stop = new AbortController();
  #awake = new AbortController();
  #running: Promise<void> | undefined;
  readonly #sendings = new Set<Promise<void>>();
  /** Batches that are claimed and not committed yet. */
  readonly #finishing = new Set<Promise<void>>();
  /** What nodes said, by attempt, until the next sweep writes it down. */
  readonly #answers = new Map<string, Answer>();

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
    await Promise.all(this.#finishing);
    await Promise.all(this.#sendings);
    await this.#recordAnswers().catch(this.#parts.onError);
  }

  /**
   * One round over everything that is due.
   * @returns how many operations were begun or sent again
   */
  async runOnce(): Promise<number> {
    const begun = await this.#beginDue((batch) => batch);
    const resent = await this.#resendDue();
    await Promise.all(this.#sendings);
    await this.#recordAnswers();
    return begun + resent + (await this.#giveUp());
  }

  /**
   * Claims are made one after the other, so that an owner's timestamps never collide in here; what
   * follows a claim runs beside the next one.
   */
  async #loop(): Promise<void> {
    const { clock, onError } = this.#parts;
    let swept = -Infinity;
    while (!this.#stop.signal.aborted) {
      this.#awake = new AbortController();
      try {
        const begun = await this.#beginDue((batch) => this.#beside(batch));
        if (clock.monotonic() - swept >= SWEEP_MS) {
          swept = clock.monotonic();
          await this.#recordAnswers();
          await this.#resendDue();
          await this.#giveUp();
        }
        if (begun === BATCH) continue;
      } catch (error) {
        onError(error);
      }
      await delay(clock, SWEEP_MS, AbortSignal.any([this.#awake.signal, this.#stop.signal]));
    }
  }

  /** Lets a batch go on by itself, unless many do already. */
  async #beside(batch: Promise<void>): Promise<void> {
    const finishing = batch
      .catch(this.#parts.onError)
      .finally(() => this.#finishing.delete(finishing));
    this.#finishing.add(finishing);
    while (this.#finishing.size >= MOST_UNDER_WAY) await Promise.race(this.#finishing);
  }

  #giveUp(): Promise<number> {
    const { database, purposes } = this.#parts;
    return database.transaction(engine, (em) => giveUp(em, purposes));
  }

  /** @param go gets the rest of the way of what was claimed */
  async #beginDue(go: (batch: Promise<void>) => Promise<void>): Promise<number> {
    const { database, clock, worker, ids, headTimeMs, signer } = this.#parts;
    const headTime = headTimeMs();
    if (headTime === undefined) return 0;
    const settings = await this.#parts.settings();
    const began = clock.monotonic();
    let sign: Sign | undefined;
    const built = await database.hotTransaction(engine, (em) =>
      beginAttempts(em, {
        worker,
        ids,
        limit: BATCH,
        headTimeMs: headTime,
        leaseSeconds: settings.leaseSeconds,
        expirationSeconds: settings.expirationSeconds,
        async alsoRead(owners) {
          sign = await signer.forOwners(em, owners);
        },
      }),
    );
    if (sign && built.length > 0) await go(this.#bringOut(built, sign, settings, began));
    return built.length;
  }

  /** Has what was built signed, commits it, and only then lets it be sent. */
  async #bringOut(
    built: readonly BuiltAttempt[],
    sign: Sign,
    settings: EngineSettings,
    began: number,
  ): Promise<void> {
    const { database, clock, worker } = this.#parts;
    const { signed, unsigned } = await this.#sign(built, sign);
    if (unsigned.length > 0) {
      await database.transaction(engine, (em) => putOff(em, unsigned, worker));
    }
    // The lease is judged by the database; this only spares a commit that it would refuse.
    if (clock.monotonic() - began > settings.leaseSeconds * 1_000) return;
    const sendable = await database.hotTransaction(
      engine,
      (em) =>
        commitSending(em, signed, {
          worker,
          resendSeconds: settings.resendSeconds,
          purposes: this.#parts.purposes,
        }),
      'sent to the chain',
    );
    this.#send(sendable.map((attempt) => ({ ...attempt, lastNode: null })));
  }

  async #sign(
    built: readonly BuiltAttempt[],
    sign: Sign,
  ): Promise<{ signed: SignedAttempt[]; unsigned: Unsigned[] }> {
    const { onError } = this.#parts;
    const results = await Promise.allSettled(
      built.map(({ effect, rawDataHex }) => sign(effect.owner, rawDataHex)),
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
    const { broadcaster, onError } = this.#parts;
    const sending = Promise.all(
      attempts.map(async ({ attemptId, signedHex, lastNode }) => {
        const { node, answer } = await broadcaster.broadcast(signedHex, lastNode);
        this.#answers.set(attemptId, { attemptId, node, answer });
      }),
    )
      .then(() => undefined)
      .catch(onError)
      .finally(() => this.#sendings.delete(sending));
    this.#sendings.add(sending);
  }

  /** Together: nothing is decided by them, and a transaction for each batch costs as much as sending it. */
  async #recordAnswers(): Promise<void> {
    const { database } = this.#parts;
    const answers = [...this.#answers.values()];
    this.#answers.clear();
    if (answers.length === 0) return;
    await database.transaction(engine, (em) => recordAnswers(em, answers));
  }
}

/** Only a refusal's sentence is made for people and free of secrets. */
function problemOf(error: unknown): string {
  if (error instanceof Refusal) return `The signer refused (${error.code}): ${error.message}`;
  return 'The signer gave no signature; it is asked again.';
}
