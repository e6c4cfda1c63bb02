import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestDesk, type TestDesk } from '../testing/test-desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
});
afterAll(async () => {
  await desk.stop();
});

const get = async (path: string) => {
  const answer = await fetch(`${desk.url}${path}`);
  return { status: answer.status, body: await answer.text() };
};

describe('a running desk', () => {
  it('is ready, with the jobs and the readers among what it leans on', async () => {
    await vi.waitFor(
      async () => {
        const { status, body } = await get('/readyz');
        expect(status).toBe(200);
        const { dependencies } = JSON.parse(body) as {
          dependencies: { name: string; status: string }[];
        };
        expect(Object.fromEntries(dependencies.map((one) => [one.name, one.status]))).toEqual({
          postgresql: 'UP',
          'tron nodes': 'UP',
          jobs: 'UP',
          stock: 'UP',
          'wallet permissions': 'UP',
          'gas station': 'UP',
          signer: 'UP',
          'block reader': 'UP',
          'head follower': 'UP',
        });
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  it('counts what it answers', async () => {
    await desk.bot().request('query Mine { offer { minEnergy } health { salesOpen } }');
    const { status, body } = await get('/metrics');
    expect(status).toBe(200);
    expect(body).toContain('desk_graphql_operation_seconds_count{name="Mine",kind="query"} 1');
    expect(body).toMatch(/desk_http_request_seconds_count\{method="GET",path="\/readyz"/);
    expect(body).toMatch(/desk_chain_block\{view="head"\} \d+/);
    expect(body).toContain('desk_node_up{node=');
    expect(body).toContain('desk_websocket_connections{state="open"} 0');
    expect(body).toContain('desk_reader_block{reader="solid"}');
  });

  it('sells, and tells so', async () => {
    const answer = await desk
      .bot()
      .request('{ health { salesOpen salesClosedReason chain { network lag energyPerTrx } } }');
    expect(answer).toMatchObject({
      health: { salesOpen: true, salesClosedReason: null, chain: { network: 'local' } },
    });
    const quoted = await desk
      .bot()
      .request('{ quote(input: { energy: "65000", duration: "1m" }) { available } }');
    expect(quoted).toEqual({ quote: { available: true } });
  });
});
