import { expect, it } from 'vitest';
import type { DeskEvent } from './event.ts';
import { EventQueue } from './event-queue.ts';
import { EventStream } from './event-stream.ts';

const event = (position: bigint): DeskEvent => ({
  cursor: { xid: 1n, position },
  kind: `sample.${position}`,
  subjectKind: 'sample',
  subjectId: '',
  userId: null,
  clientId: null,
  payload: {},
  at: new Date(0),
});

it('goes on behind what it has replayed, when that had come in meanwhile too', async () => {
  const [one, two, three] = [event(1n), event(2n), event(3n)];
  const queue = new EventQueue(10);
  queue.push([[one], [two], [three]]);
  const stream = new EventStream({
    queue,
    after: { xid: 1n, position: 0n },
    read: () => Promise.resolve({ events: [one, two], end: two.cursor, hasMore: false }),
    leave: () => queue.close(),
  });
  const kinds: string[] = [];
  for await (const { kind } of stream) {
    kinds.push(kind);
    if (kinds.length === 3) break;
  }
  expect(kinds).toEqual(['sample.1', 'sample.2', 'sample.3']);
});
