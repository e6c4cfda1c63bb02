import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Clock, delay } from '../kernel/clock.ts';
import { confinement, whyItDidNotSpeak } from './confinement.ts';
import { Conversation, SignerSilent, type SignerState } from './conversation.ts';
import type { Greeting, HandOver } from './messages.ts';
import { CannotStart } from './refusal.ts';
import type { Signature, SignRequest } from './signing-desk.ts';
import type { Voucher } from './vouch.ts';

export interface SignerProcessParts {
  /** The age identity: the path is handed to the child, and nobody here opens it. */
  readonly identityFile: string;
  /** Where policy, kill switch and journals are; made when it is not there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const source = import.meta.url;
const program = fileURLToPath(new URL(source.endsWith('.ts') ? 'main.ts' : 'main.js', source));

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** One that has run this long did not die of its start. */
const SETTLED_MS = 30_000;
/** A request waits this long for a signer that is being started again. */
const PATIENCE_MS = 5_000;
/** A signer that is silent for longer is frozen, and is ended. */
const ANSWER_MS = 10_000;
const STOP_MS = 5_000;
/** Standard error of the child, kept for its obituary. */
const LAST_WORDS = 2_000;

/** Starts the signer's process, talks to it, and starts it again when it ends. */
export class SignerProcess {
  readonly #parts: SignerProcessParts;
  readonly #stopped = new AbortController();
  #child: Child | undefined;
  #ended: Promise<void> = Promise.resolve();
  #up = Promise.withResolvers<Conversation>();
  #downBecause: string | null = 'it was not started yet';

  constructor(parts: SignerProcessParts) {
    this.#parts = parts;
  }

  /** The number of the running process. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws CannotStart when the signer does not come up, with its own sentence about it */
  async start(): Promise<void> {
    const began = this.#parts.clock.monotonic();
    const child = await this.#launch();
    this.#ended = this.#keepUp(child, began);
  }

  /**
   * Asks again when the signer dies meanwhile: the same bytes get the same signature.
   * @throws Refusal, SignerSilent
   */
  async sign(request: SignRequest): Promise<Signature> {
    const { owner, permissionId, rawDataHex, sealedKey, child } = request;
    const { clock } = this.#parts;
    const giveUp = clock.monotonic() + PATIENCE_MS;
    for (;;) {
      const conversation = await this.#conversation();
      try {
        return await conversation.sign(
          { owner, permissionId, rawDataHex, sealedKey, ...(child !== undefined && { child }) },
          ANSWER_MS,
        );
      } catch (error) {
        if (!(error instanceof SignerSilent)) throw error;
        if (error.frozen) conversation.child.kill('SIGKILL');
        if (error.frozen || clock.monotonic() > giveUp) throw error;
        await delay(clock, FIRST_PAUSE_MS, this.#stopped.signal);
      }
    }
  }

  /** Turns the desk's kill switch on. @throws SignerSilent */
  async halt(reason: string): Promise<SignerState> {
    return (await this.#conversation()).halt(reason, ANSWER_MS);
  }

  /** Turns the desk's kill switch off; one of the machine stays on. @throws SignerSilent */
  async resume(): Promise<SignerState> {
    return (await this.#conversation()).resume(ANSWER_MS);
  }

  /** @throws SignerSilent */
  async status(): Promise<SignerState> {
    return (await this.#conversation()).status(ANSWER_MS);
  }

  /** What its folder says of a line of a journal. @throws Refusal, SignerSilent */
  async vouch(journal: string, seq: number): Promise<Voucher> {
    return (await this.#conversation()).vouch(journal, seq, ANSWER_MS);
  }

  /** For /readyz; answers within three seconds. */
  async health(): Promise<{ readonly status: 'UP' | 'DOWN'; readonly detail: string | null }> {
    if (this.#downBecause !== null) return { status: 'DOWN', detail: this.#downBecause };
    try {
      const { haltedBecause } = await (await this.#up.promise).status(PATIENCE_MS / 2);
      if (haltedBecause === null) return { status: 'UP', detail: null };
      return { status: 'DOWN', detail: `its kill switch is on: ${haltedBecause}` };
    } catch {
      return { status: 'DOWN', detail: 'it does not answer' };
    }
  }

  /** Lets it finish what it was asked, and waits for its end. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const child = this.#child;
    if (!child) return;
    child.stdin.end();
    const force = this.#parts.clock.after(STOP_MS, () => void child.kill('SIGKILL'));
    await this.#ended;
    force.cancel();
  }

  async #conversation(): Promise<Conversation> {
    const { clock } = this.#parts;
    if (this.#hasToStop()) throw new SignerSilent('the signer is down: it was stopped', false);
    const late = Promise.withResolvers<never>();
    const alarm = clock.after(PATIENCE_MS, () =>
      late.reject(new SignerSilent(`the signer is down: ${this.#downBecause ?? ''}`, false)),
    );
    try {
      return await Promise.race([this.#up.promise, late.promise]);
    } finally {
      alarm.cancel();
    }
  }

  /** Starts it again and again, after 0.1, 0.2, 0.4 … 5 s, until `stop`. */
  async #keepUp(first: Child, began: number): Promise<void> {
    const { clock, report } = this.#parts;
    let child: Child | undefined = first;
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      if (child) {
        await gone(child);
        if (clock.monotonic() - began > SETTLED_MS) pause = FIRST_PAUSE_MS;
      }
      if (this.#stopped.signal.aborted) return;
      await delay(clock, pause, this.#stopped.signal);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      began = clock.monotonic();
      try {
        if (this.#hasToStop()) return;
        child = await this.#launch();
      } catch (error) {
        child = undefined;
        report(error);
      }
    }
  }

  #hasToStop(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #launch(): Promise<Child> {
    const { report, clock } = this.#parts;
    const handOver = await this.#handOver();
    const child = spawn(process.execPath, [...(await confinement(handOver)), program], {
      // Nothing of the worker's environment: it names the database and the nodes.
      env: {},
      cwd: handOver.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    // Writing to one that has just died is no news: its end is.
    child.stdin.on('error', () => undefined);
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      words = (words + more).slice(-LAST_WORDS);
    });
    const conversation = new Conversation(child, clock);
    const greeting = await conversation.greet(handOver, ANSWER_MS);
    if (!greeting?.ready) {
      child.kill('SIGKILL');
      await gone(child);
      const why = sentenceOf(greeting) ?? whyItDidNotSpeak(words);
      this.#downBecause = why;
      throw new CannotStart(why);
    }
    this.#downBecause = null;
    this.#up.resolve(conversation);
    void conversation.over.then(async () => {
      this.#up = Promise.withResolvers();
      this.#downBecause = 'it ended and is being started again';
      child.kill('SIGKILL');
      await gone(child);
      const how = child.signalCode ?? `exit code ${String(child.exitCode)}`;
      if (!this.#hasToStop())
        report(new SignerEnded(`The signer ended by itself (${how}). ${words}`));
    });
    return child;
  }

  async #handOver(): Promise<HandOver> {
    const { identityFile, folder } = this.#parts;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
    } catch {
      throw new CannotStart(
        `The signer's folder ${folder} cannot be made private: let SIGNER_DIR name one that this account owns.`,
      );
    }
    // The permission model knows real paths only.
    return {
      identityFile: await realpath(identityFile).catch(() => path.resolve(identityFile)),
      folder: await realpath(folder),
    };
  }
}

/** The signer's process has ended without being asked to. */
export class SignerEnded extends Error {
  override readonly name = 'SignerEnded';
}

async function gone(child: Child): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function sentenceOf(greeting: Greeting | undefined): string | undefined {
  return greeting?.ready === false ? greeting.why : undefined;
}
