import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anyone, signedIn } from '../access/rules.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { startSampleApi } from '../testing/sample-api.ts';
import type { TestApi } from '../testing/test-api.ts';
import { waitUntil } from '../testing/wait-until.ts';
import type { Download } from './downloads.ts';

class NotNow extends DomainError {
  readonly code = 'SERVICE_UNAVAILABLE';
}

const PIECE = 'x'.repeat(100_000);
/** Far more than the system keeps for a connection that nobody reads. */
const PIECES = 1_000;

let api: TestApi;
let made = 0;
let ended = 0;

async function* pieces(failAt = Infinity): AsyncGenerator<string> {
  try {
    for (let number = 0; number < PIECES; number += 1) {
      if (number === failAt) throw new NotNow('Ask again later.');
      made += 1;
      // The desk would ask its database here.
      await Promise.resolve();
      yield PIECE;
    }
  } finally {
    ended += 1;
  }
}

const file = (failAt?: number): Download => ({
  rule: anyone,
  variables: '',
  open: () =>
    Promise.resolve({ contentType: 'text/plain', fileName: 'x.txt', pieces: pieces(failAt) }),
});

beforeAll(async () => {
  ({ api } = await startSampleApi({
    server: {
      downloads: {
        '/whole': file(),
        '/broken': file(3),
        '/refused': file(0),
        '/own': { ...file(), rule: signedIn },
      },
    },
  }));
});
afterAll(() => api.stop());
beforeEach(() => {
  made = 0;
  ended = 0;
});

/** Asks for a path and reads nothing until told. */
async function slowReader(path: string): Promise<{ end: () => void }> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.pause();
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: desk\r\n\r\n`);
  return { end: () => void socket.destroy() };
}

describe('a file of any length', () => {
  it('arrives whole', async () => {
    const text = await (await fetch(`${api.url}/whole`)).text();
    expect(text).toHaveLength(PIECES * PIECE.length);
    expect({ made, ended }).toEqual({ made: PIECES, ended: 1 });
  });

  it('is made no faster than it is taken, and not at all for somebody who has gone', async () => {
    const reader = await slowReader('/whole');
    let before = -1;
    // Once nothing moves any more, the system's buffers are full.
    await waitUntil('nothing more is made', () => {
      const stands = made > 0 && made === before;
      before = made;
      return stands;
    });
    expect(made).toBeLessThan(PIECES / 2);
    reader.end();
    await waitUntil('the file is given up', () => ended === 1);
  });

  it('ends visibly when the rest of it cannot be made', async () => {
    const response = await fetch(`${api.url}/broken`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(ended).toBe(1);
  });

  it('is an error with its status when there is nothing of it', async () => {
    const response = await fetch(`${api.url}/refused`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'Ask again later.', extensions: { code: 'SERVICE_UNAVAILABLE' } }],
    });
  });

  it('waits its turn: a few are sent at once, the next one is told when to come back', async () => {
    const readers = await Promise.all(Array.from({ length: 4 }, () => slowReader('/whole')));
    await waitUntil('four files are begun', () => made >= 4);
    const refused = await fetch(`${api.url}/whole`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', details: { retryAfterSeconds: 10 } } }],
    });
    // A stranger takes nobody's place, and is told what is wrong with him.
    expect((await fetch(`${api.url}/own`)).status).toBe(401);
    for (const reader of readers) reader.end();
    await waitUntil('all are given up', () => ended === 4);
    const taken = await fetch(`${api.url}/whole`);
    expect(await taken.text()).toHaveLength(PIECES * PIECE.length);
  });
});
