import { describe, expect, it } from 'vitest';
import type { DeskEvent } from '../events/event.ts';
import { type EventSource, sourceOf } from './event-source.ts';

const event = (kind: string): DeskEvent => ({
  cursor: { xid: 1n, position: 1n },
  kind,
  subjectKind: 'sample',
  subjectId: '',
  userId: null,
  clientId: null,
  payload: {},
  at: new Date(0),
});

/** Takes until the end; answers with what it took, or throws. */
async function kindsOf(source: EventSource): Promise<string[]> {
  const kinds: string[] = [];
  while (!source.ended) {
    const events = source.takeNow();
    kinds.push(...events.map(({ kind }) => kind));
    if (events.length === 0) {
      await new Promise<void>((resolve) => {
        source.listen(resolve);
      });
    }
  }
  return kinds;
}

describe('a generator as the source of a stream', () => {
  it('gives one event after the other until its end', async () => {
    async function* both(): AsyncGenerator<DeskEvent> {
      yield event('one');
      await Promise.resolve();
      yield event('two');
    }
    expect(await kindsOf(sourceOf(both()))).toEqual(['one', 'two']);
  });

  it('fails when the generator does', async () => {
    async function* breaking(): AsyncGenerator<DeskEvent> {
      yield event('one');
      await Promise.reject(new Error('broken'));
    }
    await expect(kindsOf(sourceOf(breaking()))).rejects.toThrow('broken');
  });

  it('is of events', async () => {
    async function* strange(): AsyncGenerator {
      await Promise.resolve();
      yield 'text';
    }
    await expect(kindsOf(sourceOf(strange()))).rejects.toThrow('streams are of events');
  });
});
