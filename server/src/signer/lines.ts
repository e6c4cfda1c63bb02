import type { Readable } from 'node:stream';

/**
 * The lines of a stream, one by one, without their ends. A last one without an end is left out.
 * @throws LineTooLong when one is longer than `longest` characters: nothing after it can be trusted
 */
export async function* lines(stream: Readable, longest: number): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.length > longest) throw new LineTooLong();
      yield part;
    }
    if (rest.length > longest) throw new LineTooLong();
  }
}

/** Somebody who does not speak the protocol is at the other end. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
  constructor() {
    super('a line is longer than any message');
  }
}
