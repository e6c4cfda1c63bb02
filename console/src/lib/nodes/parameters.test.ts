import { expect, test } from 'vitest';
import { readParameters } from './parameters.ts';

test('takes values from the last event and changes from all, the newest first', () => {
  const first = { getEnergyFee: '210', getTransactionFee: '1000' };
  const read = readParameters([
    {
      cursor: 'a',
      kind: 'chain.parametersRead',
      at: '2026-11-01T00:00:00Z',
      payload: { values: first },
    },
    {
      cursor: 'b',
      kind: 'chain.parametersChanged',
      at: '2026-11-02T00:00:00Z',
      payload: {
        changes: [
          { name: 'getEnergyFee', old: '210', new: '100' },
          { name: 'getMemoFee', old: null, new: '1000000' },
        ],
        values: { ...first, getEnergyFee: '100', getMemoFee: '1000000' },
      },
    },
  ]);
  expect(read.asOf).toBe('2026-11-02T00:00:00Z');
  expect(read.values.get('getEnergyFee')).toBe('100');
  expect(read.values.size).toBe(3);
  expect(read.changes.map(({ name, old, new: next }) => [name, old, next])).toEqual([
    ['getMemoFee', null, '1000000'],
    ['getEnergyFee', '210', '100'],
  ]);
});

test('is empty when nothing was recorded, and survives what it does not know', () => {
  expect(readParameters([])).toEqual({ values: new Map(), asOf: null, changes: [] });
  const odd = { cursor: 'a', kind: 'x', at: '2026-11-01T00:00:00Z', payload: { changes: [5, {}] } };
  expect(readParameters([odd]).changes).toEqual([]);
});
