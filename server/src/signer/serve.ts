import type { Readable, Writable } from 'node:stream';
import { JournalBroken } from './journal.ts';
import { LineTooLong, lines } from './lines.ts';
import {
  LONGEST_LINE,
  readHandOver,
  readRequest,
  type Greeting,
  type SignerAnswer,
  type SignerRequest,
  writeLine,
} from './messages.ts';
import { openDesk } from './open-desk.ts';
import { CannotStart, Refusal } from './refusal.ts';
import type { SigningDesk } from './signing-desk.ts';
import type { SignerState } from './conversation.ts';
import { vouch } from './vouch.ts';

/** Signatures of one moment that are under way at most; more wait in the socket. */
const MOST_AT_ONCE = 256;

/**
 * Takes the hand-over and answers requests until the other end closes. What cannot be understood is
 * refused; a line that is no message's length ends it.
 * @returns the exit code of the process
 */
export async function serve(
  input: Readable,
  output: Writable,
  now: () => number,
  nonce: string,
): Promise<number> {
  const say = (message: Greeting | SignerAnswer): void => void output.write(writeLine(message));
  const incoming = lines(input, LONGEST_LINE);
  let opened: Awaited<ReturnType<typeof openDesk>>;
  let folder: string;
  try {
    const first = await incoming.next();
    if (first.done === true) return 0;
    const handOver = readHandOver(first.value);
    ({ folder } = handOver);
    opened = await openDesk(handOver, now, nonce);
  } catch (error) {
    say({ ready: false, why: whyNot(error) });
    return 1;
  }
  say({ ready: true });
  const running = new Set<Promise<void>>();
  let failed = false;
  try {
    for await (const line of incoming) {
      const one = answer(opened.desk, folder, line)
        .then(say)
        .catch((error: unknown) => void input.destroy(asError(error)))
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= MOST_AT_ONCE) await Promise.race(running);
    }
  } catch (error) {
    // The worker keeps a signer's last words for its log.
    process.stderr.write(`${lastWords(error)}\n`);
    failed = true;
  }
  await Promise.all(running);
  await opened.close().catch(() => undefined);
  return failed || input.errored ? 2 : 0;
}

async function answer(desk: SigningDesk, folder: string, line: string): Promise<SignerAnswer> {
  let request: SignerRequest;
  try {
    request = readRequest(line);
  } catch {
    return {
      id: idOf(line),
      refused: { code: 'BAD_REQUEST', message: 'The signer does not understand this request.' },
    };
  }
  const { id } = request;
  try {
    switch (request.ask) {
      case 'sign':
        return { id, signed: await desk.sign(request) };
      case 'halt':
        await desk.halt(request.reason);
        return { id, ...stateOf(desk) };
      case 'resume':
        await desk.resume();
        return { id, ...stateOf(desk) };
      case 'status':
        return { id, ...stateOf(desk) };
      case 'vouch':
        return { id, voucher: await vouch(folder, request.journal, request.seq) };
    }
  } catch (error) {
    if (error instanceof JournalBroken) throw error;
    if (error instanceof Refusal) {
      return { id, refused: { code: error.code, message: error.message } };
    }
    // Its words may hold what was asked.
    return { id, refused: { code: 'INTERNAL', message: 'The signer failed at this request.' } };
  }
}

function stateOf(desk: SigningDesk): SignerState {
  return { haltedBecause: desk.haltedBecause(), tail: desk.tail() };
}

/** So that even a request which is refused unread finds whoever asked. */
function idOf(line: string): number {
  const id = /^\{"ask":"\w{1,10}","id":(\d{1,15})[,}]/.exec(line)?.[1];
  return id === undefined ? -1 : Number(id);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('unknown');
}

function lastWords(error: unknown): string {
  if (error instanceof JournalBroken || error instanceof LineTooLong) return error.message;
  return 'it failed';
}

function whyNot(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `The signer cannot open its folder (${code}): it must be able to write there.`;
}
