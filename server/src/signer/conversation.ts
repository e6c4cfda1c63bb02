import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../kernel/clock.ts';
import type { JournalTail } from './journal.ts';
import { lines } from './lines.ts';
import {
  type Greeting,
  type HandOver,
  LONGEST_LINE,
  readAnswer,
  readGreeting,
  type SignerAnswer,
  type SignerRequest,
  writeLine,
} from './messages.ts';
import { Refusal } from './refusal.ts';
import type { Signature, SignRequest } from './signing-desk.ts';
import type { Voucher } from './vouch.ts';

export interface SignerState {
  /** Why the signer signs nothing, or null. */
  readonly haltedBecause: string | null;
  /** How far its journal has come. */
  readonly tail: JournalTail;
}

/** No answer came. Whether something was signed is unknown, and it was not sent by anybody. */
export class SignerSilent extends Error {
  override readonly name = 'SignerSilent';
  /** It lives and says nothing. */
  readonly frozen: boolean;

  constructor(message: string, frozen: boolean) {
    super(message);
    this.frozen = frozen;
  }
}

type Partner = Pick<ChildProcess, 'kill'> & {
  readonly stdin: Writable;
  readonly stdout: Readable;
};

/** The worker's end of the talk with one signer process. */
export class Conversation {
  readonly child: Partner;
  readonly #clock: Clock;
  readonly #incoming: AsyncGenerator<string>;
  readonly #waiting = new Map<number, PromiseWithResolvers<SignerAnswer>>();
  #nextId = 1;
  #over = false;
  readonly #end = Promise.withResolvers<undefined>();
  /** Resolves when nothing more can come from it. */
  readonly over: Promise<undefined> = this.#end.promise;

  constructor(child: Partner, clock: Clock) {
    this.child = child;
    this.#clock = clock;
    this.#incoming = lines(child.stdout, LONGEST_LINE);
  }

  /** Hands over and listens. @returns undefined when it ends, or is silent, before it greets */
  async greet(handOver: HandOver, patienceMs: number): Promise<Greeting | undefined> {
    this.child.stdin.write(writeLine(handOver));
    const alarm = this.#clock.after(patienceMs, () => void this.child.kill('SIGKILL'));
    try {
      const first = await this.#incoming.next();
      if (first.done === true) return undefined;
      const greeting = readGreeting(first.value);
      if (greeting.ready) void this.#listen();
      return greeting;
    } catch {
      return undefined;
    } finally {
      alarm.cancel();
    }
  }

  /** @throws Refusal, SignerSilent */
  async sign(request: SignRequest, patienceMs: number): Promise<Signature> {
    const answer = await this.#ask((id) => ({ ask: 'sign', id, ...request }), patienceMs);
    if (!('signed' in answer)) throw new SignerSilent('it answered something else', true);
    return answer.signed;
  }

  /** @throws SignerSilent */
  async status(patienceMs: number): Promise<SignerState> {
    return stateIn(await this.#ask((id) => ({ ask: 'status', id }), patienceMs));
  }

  /** @throws SignerSilent */
  async halt(reason: string, patienceMs: number): Promise<SignerState> {
    return stateIn(await this.#ask((id) => ({ ask: 'halt', id, reason }), patienceMs));
  }

  /** @throws SignerSilent */
  async resume(patienceMs: number): Promise<SignerState> {
    return stateIn(await this.#ask((id) => ({ ask: 'resume', id }), patienceMs));
  }

  /** @throws Refusal when the file cannot be read, SignerSilent */
  async vouch(journal: string, seq: number, patienceMs: number): Promise<Voucher> {
    const answer = await this.#ask((id) => ({ ask: 'vouch', id, journal, seq }), patienceMs);
    if (!('voucher' in answer)) throw new SignerSilent('it answered something else', true);
    return answer.voucher;
  }

  async #ask(make: (id: number) => SignerRequest, patienceMs: number): Promise<SignerAnswer> {
    if (this.#over) throw new SignerSilent('the signer ended', false);
    const id = this.#nextId;
    this.#nextId += 1;
    const waiting = Promise.withResolvers<SignerAnswer>();
    this.#waiting.set(id, waiting);
    const alarm = this.#clock.after(patienceMs, () =>
      waiting.reject(new SignerSilent(`the signer did not answer within ${patienceMs} ms`, true)),
    );
    try {
      this.child.stdin.write(writeLine(make(id)));
      const answer = await waiting.promise;
      if ('refused' in answer) throw new Refusal(answer.refused.code, answer.refused.message);
      return answer;
    } finally {
      alarm.cancel();
      this.#waiting.delete(id);
    }
  }

  async #listen(): Promise<void> {
    try {
      for await (const line of this.#incoming) {
        const answer = readAnswer(line);
        // Nobody waits for a late one any more.
        this.#waiting.get(answer.id)?.resolve(answer);
      }
    } catch {
      this.child.kill('SIGKILL');
    }
    this.#over = true;
    this.#end.resolve(undefined);
    for (const { reject } of this.#waiting.values()) {
      reject(new SignerSilent('the signer ended before it answered', false));
    }
  }
}

function stateIn(answer: SignerAnswer): SignerState {
  if (!('tail' in answer)) throw new SignerSilent('it answered something else', true);
  return { haltedBecause: answer.haltedBecause, tail: answer.tail };
}
