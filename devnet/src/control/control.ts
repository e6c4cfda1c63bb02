import { contracts } from '../chain/contract-addresses.ts';
import { faucet, witnessKeys } from '../chain/genesis.ts';
import { recordOf } from '../chain/record.ts';
import { faultKinds } from '../faults/faults.ts';
import type { FaultKind, FaultRequest } from '../faults/faults.ts';
import type { Answer, Node } from '../http/node.ts';
import type { Producer } from '../producer.ts';
import { normalAddress, toBase58 } from '../wire/address.ts';
import { isRecord } from '../wire/json.ts';
import { fund } from './faucet.ts';

/** A control request that says what is wrong with it; HTTP 400. */
class ControlError extends Error {}

type Body = Readonly<Record<string, unknown>>;

function address(body: Body, name = 'address'): string {
  const given = body[name];
  const found = typeof given === 'string' ? normalAddress(given) : undefined;
  if (found === undefined) throw new ControlError(`${name} must be an address (base58 or hex 41…)`);
  return found;
}

function amount(body: Body, name: string, fallback?: bigint): bigint {
  const given = body[name];
  if (given === undefined && fallback !== undefined) return fallback;
  const written = typeof given === 'number' || typeof given === 'string' ? String(given) : '';
  if (!/^\d+$/.test(written)) throw new ControlError(`${name} must be a whole number of 0 or more`);
  return BigInt(written);
}

function count(body: Body, name: string, fallback?: number): number {
  return Number(amount(body, name, fallback === undefined ? undefined : BigInt(fallback)));
}

function resource(body: Body): 'ENERGY' | 'BANDWIDTH' {
  const given = body['resource'] ?? 'ENERGY';
  if (given !== 'ENERGY' && given !== 'BANDWIDTH') {
    throw new ControlError('resource must be ENERGY or BANDWIDTH');
  }
  return given;
}

function optional<T>(value: T | undefined, name: string): Record<string, T> {
  return value === undefined ? {} : { [name]: value };
}

function faultRequest(body: Body): FaultRequest {
  const kind = body['kind'];
  if (typeof kind !== 'string' || !faultKinds.includes(kind as FaultKind)) {
    throw new ControlError(`kind must be one of ${faultKinds.join(', ')}`);
  }
  const number = (name: string): Record<string, number> => {
    const value = body[name];
    if (value === undefined) return {};
    if (typeof value !== 'number' || value < 0) throw new ControlError(`${name} must be a number`);
    return { [name]: value };
  };
  const path = body['path'];
  const txid = body['txid'];
  const accepted = body['accepted'];
  return {
    kind: kind as FaultKind,
    ...optional(typeof path === 'string' ? path : undefined, 'path'),
    ...optional(typeof accepted === 'boolean' ? accepted : undefined, 'accepted'),
    ...optional(typeof txid === 'string' ? txid : undefined, 'txid'),
    ...number('from'),
    ...number('count'),
    ...number('probability'),
    ...number('blocks'),
    ...number('ms'),
    ...number('bytes'),
  };
}

/** The control endpoints of one node: `/devnet/…`. They act on the chain; `faults` on this node. */
export class Control {
  private readonly node: Node;
  private readonly producer: Producer;

  constructor(node: Node, producer: Producer) {
    this.node = node;
    this.producer = producer;
  }

  /** Answers one control request: HTTP 200, or 400 with a sentence. */
  answer(method: string, path: string, body: unknown): Answer {
    try {
      const done = this.run(method, path.replace(/^\/devnet\/?/, ''), isRecord(body) ? body : {});
      return { status: 200, body: JSON.stringify(done) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { status: 400, body: JSON.stringify({ error: message }) };
    }
  }

  private run(method: string, name: string, body: Body): object {
    const { chain } = this.node.context;
    switch (name) {
      case '':
      case 'status':
        return this.status();
      case 'fund': {
        const gift = {
          address: address(body),
          sun: amount(body, 'sun', 0n),
          usdt: amount(body, 'usdt', 0n),
          fakeUsdt: amount(body, 'fakeUsdt', 0n),
          activate: body['activate'] !== false,
        };
        const txids = fund(chain, gift);
        chain.savePending();
        return { txids };
      }
      case 'stake': {
        const sun = amount(body, 'sun');
        chain.operate({ kind: 'stake', address: address(body), sun, resource: resource(body) });
        return {};
      }
      case 'use-energy': {
        const units = amount(body, 'energy');
        chain.operate({ kind: 'use', address: address(body), units, resource: 'ENERGY' });
        return {};
      }
      case 'use-bandwidth': {
        const units = amount(body, 'bandwidth');
        chain.operate({ kind: 'use', address: address(body), units, resource: 'BANDWIDTH' });
        return {};
      }
      case 'deploy-contract': {
        const contract = body['kind'] ?? 'plain';
        if (contract !== 'plain' && contract !== 'trc20' && contract !== 'payout') {
          throw new ControlError('kind must be plain, trc20 or payout');
        }
        chain.operate({ kind: 'deploy', address: address(body), contract });
        return {};
      }
      case 'step':
        this.producer.step(count(body, 'blocks', 1));
        return this.status();
      case 'pause':
        this.producer.pause();
        return this.status();
      case 'resume':
        this.producer.resume();
        return this.status();
      case 'pace':
        this.producer.pace(this.paceOf(body));
        return this.status();
      case 'advance':
        chain.advance(count(body, 'ms'));
        return { nextBlockTime: chain.nextTimestamp() };
      case 'fork':
        return { depth: chain.fork(count(body, 'depth'), body['drop'] === true), ...this.heads() };
      case 'faults':
        return this.faults(method, body);
      case 'record': {
        const list = (name: string): string[] => {
          const given: unknown = body[name];
          return Array.isArray(given) ? given.map((one: unknown) => address({ one }, 'one')) : [];
        };
        const involved = { owners: list('owners'), receivers: list('receivers') };
        return { entries: recordOf(chain, involved, count(body, 'from', 0)) };
      }
      default:
        throw new ControlError(`there is no control endpoint /devnet/${name}`);
    }
  }

  private paceOf(body: Body): number | 'manual' {
    if (body['blockMs'] === 'manual') return 'manual';
    const ms = count(body, 'blockMs');
    if (ms < 10) throw new ControlError('blockMs must be "manual" or at least 10');
    return ms;
  }

  private faults(method: string, body: Body): object {
    const { faults } = this.node;
    if (method === 'DELETE') faults.clear();
    else if (method === 'POST') faults.add(faultRequest(body));
    return { faults: faults.list() };
  }

  private heads(): object {
    const { chain } = this.node.context;
    return {
      head: { number: chain.head.number, id: chain.head.id, timestamp: chain.head.timestamp },
      solid: { number: chain.solid, id: chain.blockId(chain.solid) },
    };
  }

  private status(): object {
    const { chain } = this.node.context;
    return {
      ...this.heads(),
      genesisId: chain.blockId(0),
      paused: this.producer.paused,
      blockMs: this.producer.blockMs,
      pending: chain.pool.size,
      faults: this.node.faults.list(),
      faucet: toBase58(faucet().address),
      contracts: {
        usdt: toBase58(contracts.usdt),
        fakeUsdt: toBase58(contracts.fakeUsdt),
        payout: toBase58(contracts.payout),
      },
      witnesses: [...witnessKeys().keys()].map(toBase58),
    };
  }
}
