import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadMessage, Message, MessageWriter } from './protobuf-message.ts';
import { lastBytes } from './protobuf-scan.ts';
import { decodeRawBytes, decodeRawContent, encodeRawData } from './raw-data.ts';

const field = fc.record({
  number: fc.integer({ min: 1, max: 20 }),
  value: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  ),
});

function written(fields: readonly { number: number; value: Uint8Array | bigint }[]): Buffer {
  const writer = new MessageWriter();
  for (const { number, value } of fields) {
    if (typeof value === 'bigint') writer.int(number, value);
    else writer.message(number, value);
  }
  return writer.finish();
}

/** What a reading comes to, errors included. */
function outcome<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadMessage) return 'BadMessage';
    throw error;
  }
}

/** Half a message, or a message with letters changed. */
const damaged = fc
  .tuple(fc.array(field), fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }))
  .map(([fields, length, changes]) => {
    const bytes = Buffer.from(written(fields));
    for (const [place, byte] of changes) if (bytes.length > 0) bytes[place % bytes.length] = byte;
    return bytes.subarray(0, length % (bytes.length + 1));
  });

describe('reading in passing', () => {
  it('finds the bytes that reading the whole message finds', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(field).map(written), damaged),
        fc.integer({ min: 1, max: 20 }),
        (bytes, number) => {
          const slow = outcome(() => {
            const message = new Message(bytes);
            return message.has(number) ? message.hex(number) : undefined;
          });
          expect(outcome(() => lastBytes(bytes, number)?.toString('hex'))).toEqual(slow);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('reads of a transaction what reading all of it reads, whatever its bytes', () => {
    const usual = fc
      .record({
        expirationMs: fc.nat({ max: 2 ** 48 }),
        timestampMs: fc.nat({ max: 2 ** 48 }),
        memo: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
        parameter: fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes)),
        permissionId: fc.nat(9),
        type: fc.constant('TransferContract'),
      })
      .map((raw) =>
        encodeRawData(
          { ...raw, refBlockBytes: 'ab12', refBlockHash: '00'.repeat(8), feeLimitSun: 1n },
          1,
        ),
      );
    fc.assert(
      fc.property(fc.oneof(usual, fc.array(field).map(written), damaged), (bytes) => {
        const slow = outcome(() => {
          const { expirationMs, memo, type, parameter, permissionId } = decodeRawBytes(bytes);
          return { expirationMs, memo, type, parameter, permissionId };
        });
        const fast = outcome(() => decodeRawContent(bytes));
        // Of the fields that a block's reader does not look at it need not see what is wrong.
        if (slow === 'BadMessage' && fast !== 'BadMessage') return;
        expect(fast).toEqual(slow);
      }),
      { numRuns: 2_000 },
    );
  });
});
