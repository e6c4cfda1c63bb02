import { describe, expect, it } from 'vitest';
import { WaveFrame } from './frame.ts';

const begin = (id: string): Buffer => Buffer.from(`{"id":"${id}","type":"next","payload":`);
const payload = (length: number): Buffer => Buffer.from(JSON.stringify('x'.repeat(length)));

/** What a reader makes of a frame, by RFC 6455. */
function read(frame: Buffer): string {
  expect(frame[0]).toBe(0x81);
  const short = frame[1] ?? 0;
  const [at, length] =
    short < 126
      ? [2, short]
      : short === 126
        ? [4, frame.readUInt16BE(2)]
        : [10, Number(frame.readBigUInt64BE(2))];
  expect(frame.length).toBe(at + length);
  return frame.toString('utf8', at);
}

describe('the frame of a wave', () => {
  it.each([0, 80, 81, 82, 65_490, 65_500, 65_510])('says how long it is, with %d letters', (n) => {
    const bytes = payload(n);
    expect(read(new WaveFrame().of(begin('1'), bytes))).toBe(
      `${begin('1').toString()}${bytes.toString()}}`,
    );
  });

  it('is of its reader, whoever came before', () => {
    const frame = new WaveFrame();
    const [small, large] = [payload(10), payload(200)];
    for (const [id, bytes] of [
      ['a', small],
      ['b', small],
      ['long', small],
      ['c', large],
      ['d', large],
      ['d', small],
    ] as const) {
      expect(read(frame.of(begin(id), bytes))).toBe(`${begin(id).toString()}${bytes.toString()}}`);
    }
  });

  it('is left alone by the next once somebody keeps it', () => {
    const frame = new WaveFrame();
    const bytes = payload(10);
    const kept = frame.of(begin('a'), bytes);
    frame.leave();
    frame.of(begin('b'), bytes);
    expect(read(kept)).toContain('"id":"a"');
  });
});
