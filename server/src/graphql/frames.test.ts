import { describe, expect, it } from 'vitest';
import { WaveFrames } from './frames.ts';

const begin = (id: string): Buffer => Buffer.from(`{"id":"${id}","type":"next","payload":`);
const payload = (length: number): Buffer => Buffer.from(JSON.stringify('x'.repeat(length)));

/** The messages that a reader makes of frames, by RFC 6455. */
function read(frames: Buffer): string[] {
  if (frames.length === 0) return [];
  expect(frames[0]).toBe(0x81);
  const short = frames[1] ?? 0;
  const [at, length] =
    short < 126
      ? [2, short]
      : short === 126
        ? [4, frames.readUInt16BE(2)]
        : [10, Number(frames.readBigUInt64BE(2))];
  expect(frames.length).toBeGreaterThanOrEqual(at + length);
  return [frames.toString('utf8', at, at + length), ...read(frames.subarray(at + length))];
}

/** What a reader is meant to get. */
const messages = (id: string, payloads: readonly Buffer[]): string[] =>
  payloads.map((bytes) => `${begin(id).toString()}${bytes.toString()}}`);

describe('the frames of a wave', () => {
  it.each([0, 80, 81, 82, 65_490, 65_500, 65_510])(
    'say how long they are, with %d letters',
    (n) => {
      const payloads = [payload(n)];
      expect(read(new WaveFrames().of(begin('1'), payloads))).toEqual(messages('1', payloads));
    },
  );

  it('are one for each payload, in their order', () => {
    const payloads = [payload(10), payload(70_000), payload(200)];
    const frames = new WaveFrames();
    for (const id of ['a', 'b']) {
      expect(read(frames.of(begin(id), payloads))).toEqual(messages(id, payloads));
    }
  });

  it('are of their reader, whoever came before', () => {
    const frames = new WaveFrames();
    const [small, large] = [[payload(10)], [payload(200), payload(3)]];
    for (const [id, payloads] of [
      ['a', small],
      ['b', small],
      ['long', small],
      ['c', large],
      ['d', large],
      ['d', small],
    ] as const) {
      expect(read(frames.of(begin(id), payloads))).toEqual(messages(id, payloads));
    }
  });

  it('are left alone by the next once somebody keeps them', () => {
    const frames = new WaveFrames();
    const payloads = [payload(10)];
    const kept = frames.of(begin('a'), payloads);
    frames.leave();
    frames.of(begin('b'), payloads);
    expect(read(kept)).toEqual(messages('a', payloads));
  });
});
