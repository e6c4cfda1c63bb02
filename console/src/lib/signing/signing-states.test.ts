import { expect, test } from 'vitest';
import { journalState } from './signing-states.ts';

const seenAt = '2026-11-22T10:00:00.000Z';
const now = Date.parse(seenAt) + 30_000;
const well = { brokenBecause: null, haltedBecause: null, seenAt };

test('says the worst that is known of a journal', () => {
  expect(journalState(well, now)).toBe('signing');
  expect(journalState({ ...well, haltedBecause: 'a drill' }, now)).toBe('halted');
  expect(journalState({ ...well, brokenBecause: 'a gap', haltedBecause: 'x' }, now)).toBe('broken');
  expect(journalState(well, now + 180_000)).toBe('unseen');
});
