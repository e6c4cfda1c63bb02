import type { Database } from '../database/database.ts';
import { system } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { SignerState } from '../signer/conversation.ts';
import type { Voucher } from '../signer/vouch.ts';
import { Loop } from '../kernel/loop.ts';
import { haltBecause, openHalt } from './signer-halts.ts';
import {
  type KnownJournal,
  knownJournals,
  markBroken,
  SHOWN_EVERY_MS,
  showJournal,
  vanishedBefore,
} from './signer-journals.ts';

/** The worker's signer, as far as it is watched. Everything throws when it does not answer. */
export interface WatchedSigner {
  /** Another number, another process: it has read its journal anew. */
  readonly pid: number | undefined;
  halt(reason: string): Promise<SignerState>;
  resume(): Promise<SignerState>;
  vouch(journal: string, seq: number): Promise<Voucher>;
}

export interface SignerWatchParts {
  readonly database: Database;
  readonly signer: WatchedSigner;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly worker: string;
  readonly report: (error: unknown) => void;
}

const LOOK_MS = 500;
const AFTER_ERROR_MS = 1_000;
const watch = system('signer-watch');

/**
 * Stands between PostgreSQL and the worker's signer: hands on within a second what the desk says, and
 * keeps what the journal says. A journal that lacks what was kept of it stops all signing.
 */
export class SignerWatch {
  readonly #parts: SignerWatchParts;
  readonly #loop: Loop;
  /** The process whose journals were compared. */
  #compared: string | undefined;
  /** The same, where something is missing. */
  #doubted: string | undefined;
  #shown: { readonly state: SignerState; readonly at: number } | undefined;
  #failing = false;

  constructor(parts: SignerWatchParts) {
    this.#parts = parts;
    this.#loop = new Loop(parts.clock, () => this.#step());
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** One look at both. @throws what the database or the signer throws */
  async look(): Promise<void> {
    const { database, signer, clock } = this.#parts;
    const { pid } = signer;
    const halt = await openHalt(database.read());
    const state = halt ? await signer.halt(halt.reason) : await signer.resume();
    const here = `${String(pid)} ${state.tail.journal}`;
    if (here !== this.#compared) {
      // What is doubted stays so until a person gives it up, and lifts the halt by that.
      if (here === this.#doubted && halt) return;
      this.#shown = undefined;
      this.#doubted = (await this.#isWhole()) ? undefined : here;
      if (this.#doubted !== undefined) return;
      this.#compared = here;
    }
    const shown = this.#shown;
    const isDue = shown === undefined || clock.monotonic() - shown.at >= SHOWN_EVERY_MS;
    if (!isDue && isSame(shown.state, state)) return;
    await database.transaction(watch, (em) =>
      showJournal(em, this.#parts.ids, this.#parts.worker, state),
    );
    this.#shown = { state, at: clock.monotonic() };
    if (isDue) await this.#findVanished(state.tail.journal);
  }

  async #step(): Promise<number> {
    try {
      await this.look();
      this.#failing = false;
      return LOOK_MS;
    } catch (error) {
      // Whatever is away is away for many looks, and is told once.
      if (!this.#failing) this.#parts.report(error);
      this.#failing = true;
      return AFTER_ERROR_MS;
    }
  }

  /** @returns false when a journal of the folder lacks what is known of it */
  async #isWhole(): Promise<boolean> {
    const { database, signer } = this.#parts;
    let whole = true;
    for (const known of await knownJournals(database.read())) {
      const { known: isHere, hash } = await signer.vouch(known.journal, Number(known.entries));
      if (!isHere || hash === known.hash) continue;
      whole = false;
      if (known.brokenBecause !== null) continue;
      await this.#raise(
        known,
        hash === null
          ? `The signer's journal ${short(known)} was cut off: it had ${known.entries} lines and has fewer.`
          : `The signer's journal ${short(known)} was rewritten: its line ${known.entries} is another.`,
      );
    }
    return whole;
  }

  async #findVanished(journal: string): Promise<void> {
    const { database, signer } = this.#parts;
    for (const gone of await vanishedBefore(database.read(), journal)) {
      const { known } = await signer.vouch(gone.journal, Number(gone.entries));
      if (known) continue;
      await this.#raise(
        gone,
        `The signer's journal ${short(gone)} of ${gone.entries} lines is gone, and ${gone.worker} was the last to show it.`,
      );
    }
  }

  async #raise(journal: KnownJournal, reason: string): Promise<void> {
    const { database, ids, report } = this.#parts;
    const isNews = await database.transaction(watch, async (em) => {
      const marked = await markBroken(em, journal.id, reason);
      if (marked) await haltBecause(em, ids, watch, reason);
      return marked;
    });
    await this.#stopAtOnce();
    if (isNews) report(new JournalDoubted(reason));
  }

  async #stopAtOnce(): Promise<void> {
    const { database, signer } = this.#parts;
    const halt = await openHalt(database.read());
    if (halt) await signer.halt(halt.reason);
  }
}

/** A signer's journal is not what it was. */
export class JournalDoubted extends Error {
  override readonly name = 'JournalDoubted';
}

function short({ journal }: KnownJournal): string {
  return journal.slice(0, 12);
}

function isSame(a: SignerState, b: SignerState): boolean {
  return a.tail.hash === b.tail.hash && a.haltedBecause === b.haltedBecause;
}
