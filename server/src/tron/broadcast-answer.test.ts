import { describe, expect, it } from 'vitest';
import { readBroadcastAnswer } from './broadcast-answer.ts';

/** tron-facts 2.2, row by row: [reply, kind, may land]. */
const table: [object, string, boolean][] = [
  [{ result: true, txid: 'ab' }, 'accepted', true],
  [{ result: true, code: 'SUCCESS', message: '' }, 'accepted', true],
  [{ result: false, code: 'SIGERROR', message: 'Validate signature error: …' }, 'refused', false],
  [{ code: 'CONTRACT_VALIDATE_ERROR', message: 'Contract validate error : …' }, 'refused', false],
  [{ result: false, code: 'CONTRACT_EXE_ERROR' }, 'refused', false],
  [{ result: false, code: 'BANDWITH_ERROR' }, 'refused', false],
  [
    { result: false, code: 'DUP_TRANSACTION_ERROR', message: 'Dup transaction.' },
    'duplicate',
    true,
  ],
  [{ result: false, code: 'TAPOS_ERROR' }, 'refused', false],
  [{ result: false, code: 'TOO_BIG_TRANSACTION_ERROR' }, 'refused', false],
  [{ result: false, code: 'TRANSACTION_EXPIRATION_ERROR' }, 'refused', false],
  [{ result: false, code: 'SERVER_BUSY', message: 'Server busy.' }, 'busy', false],
  [{ result: false, code: 'NO_CONNECTION' }, 'busy', false],
  [
    {
      result: false,
      code: 'NOT_ENOUGH_EFFECTIVE_CONNECTION',
      message: 'Effective connection:1 lt minEffectiveConnection:3',
    },
    'busy',
    false,
  ],
  [
    {
      result: false,
      code: 'NOT_ENOUGH_EFFECTIVE_CONNECTION',
      message: 'P2P broadcast failed.',
    },
    'unknown',
    true,
  ],
  [{ result: false, code: 'BLOCK_UNSOLIDIFIED' }, 'busy', false],
  [{ result: false, code: 'OTHER_ERROR', message: 'Error: null' }, 'unknown', true],
  [{ result: false, code: 'QUANTUM_FLUX' }, 'unknown', true],
  [
    { Error: 'class java.lang.IllegalAccessException : lack of computing resources' },
    'busy',
    false,
  ],
  [{ Error: 'class java.lang.NullPointerException : null' }, 'unknown', true],
  // Answers that contradict themselves or say nothing.
  [{ result: true, code: 'SERVER_BUSY' }, 'unknown', true],
  [{ result: false, code: 'SUCCESS' }, 'unknown', true],
  [{ result: false }, 'unknown', true],
  [{}, 'unknown', true],
  [{ result: 'true' }, 'unknown', true],
  [[], 'unknown', true],
];

describe('the answer to a broadcast', () => {
  it.each(table)('%j is %s, may land: %s', (reply, kind, mayLand) => {
    expect(readBroadcastAnswer(reply)).toMatchObject({ kind, mayLand });
  });

  it.each([null, undefined, 'SUCCESS', 7, '<html>'])('%j is unknown', (reply) => {
    expect(readBroadcastAnswer(reply)).toMatchObject({ kind: 'unknown', mayLand: true });
  });
});
