import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { addressOfKey, addressToHex } from '../chain/address.ts';
import { TronNode } from './node-client.ts';
import type { NodeFault } from './node-fault.ts';

const alice = addressOfKey('22'.repeat(32));
const bob = addressOfKey('33'.repeat(32));
const open: { server: Server; node: TronNode }[] = [];

/** A node that answers each request as told. */
async function nodeThat(
  answer: RequestListener,
  options: { timeoutMs?: number; maxBodyBytes?: number; apiKey?: string } = {},
): Promise<TronNode> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://user:secret@127.0.0.1:${port}/net/`;
  const node = new TronNode({ url, clock: systemClock, timeoutMs: 5_000, ...options });
  open.push({ server, node });
  return node;
}

function nodeThatSays(body: unknown): Promise<TronNode> {
  return nodeThat((_request, response) => {
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

afterEach(async () => {
  for (const { server, node } of open.splice(0)) {
    await node.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function fault(kind: NodeFault['kind']): unknown {
  return expect.objectContaining({ name: 'NodeFault', kind });
}

describe('a node that misbehaves', () => {
  it.each([
    ['an HTML page', '<html>Bad gateway</html>', 'garbage'],
    ['nothing', '', 'garbage'],
    ['bare text', 'this API is closed because this node is a lite fullnode', 'garbage'],
    ['an array', '[]', 'garbage'],
    ['null', 'null', 'garbage'],
    ['half of its JSON', '{"address":"41', 'garbage'],
    ['a balance in a string', { address: addressToHex(alice), balance: '5' }, 'garbage'],
    ['a fractional balance', { address: addressToHex(alice), balance: 1.5 }, 'garbage'],
    ['a balance of 2^64', `{"address":"${addressToHex(alice)}","balance":${2n ** 64n}}`, 'garbage'],
    ['an account without an address', { balance: 5 }, 'garbage'],
    ['another account', { address: addressToHex(bob), balance: 5 }, 'garbage'],
    ['its stake in an object', { address: addressToHex(alice), frozenV2: {} }, 'garbage'],
    ['an unknown resource', { address: addressToHex(alice), frozenV2: [{ type: 'X' }] }, 'garbage'],
    [
      'its rate limit',
      { Error: 'class java.lang.IllegalAccessException : lack of computing resources' },
      'rate-limited',
    ],
    ['an error', { Error: 'class java.lang.NullPointerException : null' }, 'refused'],
  ] as const)('by answering with %s is at fault', async (_what, body, kind) => {
    const node = await nodeThatSays(body);
    await expect(node.account('head', alice)).rejects.toEqual(fault(kind));
  });

  it.each([
    [429, 'rate-limited'],
    [403, 'rate-limited'],
    [503, 'rate-limited'],
    [404, 'http'],
    [500, 'http'],
    [302, 'http'],
  ] as const)('with HTTP %i is %s', async (status, kind) => {
    const node = await nodeThat((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{"address":"41"}');
    });
    await expect(node.account('head', alice)).rejects.toEqual(fault(kind));
  });

  it('with a body that does not end is cut off at the limit, not kept', async () => {
    let sent = 0;
    const node = await nodeThat(
      (_request, response) => {
        const chunk = Buffer.alloc(64 * 1024, 0x20);
        const more = (): void => {
          while (!response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) break;
          }
        };
        response.on('drain', more);
        more();
      },
      { maxBodyBytes: 1024 * 1024 },
    );
    await expect(node.account('head', alice)).rejects.toEqual(fault('garbage'));
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('is given up after its time, whether it says nothing or trickles', async () => {
    const silent = await nodeThat(() => undefined, { timeoutMs: 50 });
    await expect(silent.account('head', alice)).rejects.toEqual(fault('timeout'));
    const trickling = await nodeThat(
      (_request, response) => {
        response.write('{"address":');
      },
      { timeoutMs: 50 },
    );
    await expect(trickling.account('head', alice)).rejects.toEqual(fault('timeout'));
  });

  it('that hangs up or is not there is a network fault', async () => {
    const rude = await nodeThat((request) => request.socket.destroy());
    await expect(rude.account('head', alice)).rejects.toEqual(fault('network'));
    const absent = new TronNode({
      url: 'http://127.0.0.1:9',
      clock: systemClock,
      timeoutMs: 5_000,
    });
    await expect(absent.account('head', alice)).rejects.toEqual(fault('network'));
    await absent.close();
  });

  it('never has its key or password in the error', async () => {
    const keys: unknown[] = [];
    const node = await nodeThat(
      (request, response) => {
        keys.push(request.headers['tron-pro-api-key']);
        response.writeHead(500).end();
      },
      { apiKey: 'canary-key' },
    );
    const error: unknown = await node.account('head', alice).catch((thrown: unknown) => thrown);
    expect(keys).toEqual(['canary-key']);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/canary-key|secret/);
    expect(node.name).toMatch(/^127\.0\.0\.1:\d+\/net$/);
  });

  it('leaves the outcome of a broadcast unknown', async () => {
    const garbage = await nodeThatSays('<html>');
    await expect(garbage.broadcastHex('0a')).resolves.toMatchObject({
      kind: 'unknown',
      code: 'GARBAGE',
      mayLand: true,
    });
    const silent = await nodeThat(() => undefined, { timeoutMs: 50 });
    await expect(silent.broadcastHex('0a')).resolves.toMatchObject({
      kind: 'unknown',
      code: 'TIMEOUT',
      mayLand: true,
    });
    const limited = await nodeThat((_request, response) => response.writeHead(429).end());
    await expect(limited.broadcastHex('0a')).resolves.toMatchObject({
      kind: 'unknown',
      code: 'RATE_LIMITED',
    });
  });
});

describe('an answer', () => {
  it('has 0 for what is absent', async () => {
    const node = await nodeThatSays({ address: addressToHex(alice), frozenV2: [{}] });
    await expect(node.account('solid', alice)).resolves.toMatchObject({
      address: alice,
      isContract: false,
      balance: 0n,
      frozen: { energy: 0n, bandwidth: 0n },
      acquired: { energy: 0n },
      energyUsage: 0n,
      energyWindowSlots: 28_800n,
      activePermissions: [],
    });
  });

  it('keeps the digits of amounts beyond 2^53', async () => {
    const balance = 2n ** 62n + 1n;
    const node = await nodeThatSays(`{"address":"${addressToHex(alice)}","balance":${balance}}`);
    await expect(node.account('head', alice)).resolves.toMatchObject({ balance });
  });

  it('of an account adds up its stake and reads its permissions', async () => {
    const node = await nodeThatSays({
      address: addressToHex(alice),
      type: 'Contract',
      frozenV2: [{ amount: 3 }, { type: 'ENERGY', amount: 5 }, { type: 'TRON_POWER' }],
      unfrozenV2: [{ type: 'ENERGY', unfreeze_amount: 7, unfreeze_expire_time: 9 }],
      votes: [{ vote_address: addressToHex(bob), vote_count: 4 }],
      account_resource: {
        energy_usage: 11,
        energy_window_size: 14_400_000,
        energy_window_optimized: true,
        delegated_frozenV2_balance_for_energy: 13,
        acquired_delegated_frozenV2_balance_for_energy: 17,
        frozen_balance_for_energy: { frozen_balance: 19 },
      },
      owner_permission: { permission_name: 'owner', threshold: 1, keys: [] },
      active_permission: [
        {
          id: 2,
          threshold: 1,
          operations: '06'.repeat(32),
          keys: [{ address: addressToHex(bob), weight: 1 }],
        },
      ],
    });
    await expect(node.account('head', alice)).resolves.toMatchObject({
      isContract: true,
      frozen: { energy: 5n, bandwidth: 3n },
      delegatedOut: { energy: 13n },
      acquired: { energy: 17n },
      v1Energy: { frozen: 19n, acquired: 0n },
      unfreezing: [{ resource: 'ENERGY', amount: 7n, expiresMs: 9 }],
      votes: [{ witness: bob, count: 4n }],
      energyUsage: 11n,
      energyWindowSlots: 14_400n,
      ownerPermission: { name: 'owner', threshold: 1n },
      activePermissions: [{ id: 2, keys: [{ address: bob, weight: 1n }] }],
    });
  });

  it('of a contract call has its logs, and of its inner payments those that were made', async () => {
    const txid = 'ab'.repeat(32);
    const usdt = 'a614f803b6fd780986a42c78ec9c7f77e6ded13c';
    const payment = {
      caller_address: `41${usdt}`,
      transferTo_address: addressToHex(bob),
      callValueInfo: [{ callValue: 5 }, {}, { callValue: 6, tokenId: '1000001' }],
    };
    const node = await nodeThatSays({
      id: txid,
      blockNumber: 7,
      blockTimeStamp: 21_000,
      fee: 345_000,
      receipt: { result: 'SUCCESS', energy_usage_total: 64_285 },
      log: [{ address: usdt, topics: ['cd'.repeat(32)], data: '0f' }],
      internal_transactions: [payment, { ...payment, rejected: true }],
    });
    await expect(node.transactionInfo('solid', txid)).resolves.toMatchObject({
      blockNumber: 7,
      succeeded: true,
      energyUsed: 64_285n,
      logs: [{ index: 0, address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', dataHex: '0f' }],
      internalTransfers: [{ to: bob, amountSun: 5n }],
    });
    await expect(node.transactionInfo('solid', 'cd'.repeat(32))).rejects.toEqual(fault('garbage'));
  });

  it.each([
    [{ result: 'FAILED', receipt: { result: 'REVERT' } }, false],
    [{ receipt: { result: 'OUT_OF_ENERGY' } }, false],
    [{ receipt: {} }, true],
    [{}, true],
  ])('with %j has succeeded: %s', async (part, succeeded) => {
    const id = 'ab'.repeat(32);
    const node = await nodeThatSays({ id, blockNumber: 1, ...part });
    await expect(node.transactionInfo('head', id)).resolves.toMatchObject({ succeeded });
  });

  it('that is empty means nothing there, where nothing may be there', async () => {
    const node = await nodeThatSays({});
    await expect(node.account('head', alice)).resolves.toBeNull();
    await expect(node.accountResource(alice)).resolves.toBeNull();
    await expect(node.blockByNumber('solid', 5)).resolves.toBeNull();
    await expect(node.blockRange('solid', 5, 10)).resolves.toEqual([]);
    await expect(node.transactionInfo('head', 'ab'.repeat(32))).resolves.toBeNull();
    await expect(node.delegatedResource('head', alice, bob)).resolves.toEqual([]);
    await expect(node.delegatedIndex('head', alice)).resolves.toEqual({ from: [], to: [] });
    await expect(node.canDelegateMaxSize('head', alice, 'ENERGY')).resolves.toBe(0n);
    await expect(node.reward('head', alice)).resolves.toBe(0n);
    await expect(node.header('head')).rejects.toEqual(fault('garbage'));
    await expect(node.chainParameters()).rejects.toEqual(fault('garbage'));
  });
});
