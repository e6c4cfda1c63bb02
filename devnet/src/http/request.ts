import type { Text } from '../chain/block.ts';
import type { Chain, ChainView } from '../chain/chain.ts';
import { normalAddress } from '../wire/address.ts';
import { ParseError, wholeNumber } from '../wire/json.ts';

/** What handlers know of the node they answer for. */
export interface NodeContext {
  readonly chain: Chain;
  /** Transactions a node's queues hold at most before it answers SERVER_BUSY. */
  readonly maxPending: number;
  /** The node's own clock, ms: builders stamp transactions with it. */
  now(): number;
}

/** One question to a node. */
export class NodeRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly node: NodeContext;
  /** /walletsolidity */
  readonly solidity: boolean;
  /** Blocks by which this node is behind. */
  readonly stale: number;

  constructor(
    body: Readonly<Record<string, unknown>>,
    node: NodeContext,
    solidity: boolean,
    stale: number,
  ) {
    this.body = body;
    this.node = node;
    this.solidity = solidity;
    this.stale = stale;
  }

  get chain(): Chain {
    return this.node.chain;
  }

  get visible(): boolean {
    const { visible } = this.body;
    return visible === true || visible === 'true';
  }

  /** The last block this node shows. */
  get top(): number {
    const number = this.solidity ? this.chain.solid : this.chain.head.number;
    return Math.max(number - this.stale, 0);
  }

  /** Whether pending transactions are part of the answer. */
  get withPending(): boolean {
    return !this.solidity && this.stale === 0;
  }

  /** State and time as this node sees them. */
  get view(): ChainView {
    return this.withPending ? this.chain.view() : this.chain.view(this.top);
  }

  text(name: string): string {
    const value = this.body[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : '';
  }

  flag(name: string): boolean {
    const value = this.body[name];
    return value === true || value === 'true';
  }

  /** A whole number, 0 when absent. Throws ParseError. */
  number(name: string): bigint {
    const value = this.body[name];
    return value === undefined || value === null || value === '' ? 0n : wholeNumber(value, name);
  }

  /** An address in hex 41…. Throws ParseError when it is none. */
  address(name: string): string {
    const address = normalAddress(this.text(name));
    if (address === undefined) throw new ParseError(`INVALID address, ${name}`);
    return address;
  }
}

/** Answers one question with JSON. */
export type Handler = (request: NodeRequest) => Text;

/** Builds a JSON object, leaving out what a proto3 default would leave out. */
export class JsonObject {
  private readonly parts: string[] = [];

  /** Adds a number unless it is 0. */
  number(name: string, value: bigint | number): this {
    if (BigInt(value) !== 0n) this.parts.push(`"${name}":${value}`);
    return this;
  }

  /** Adds text unless it is empty. */
  text(name: string, value: string): this {
    if (value !== '') this.parts.push(`"${name}":${JSON.stringify(value)}`);
    return this;
  }

  /** Adds `true`; false is left out. */
  flag(name: string, value: boolean): this {
    if (value) this.parts.push(`"${name}":true`);
    return this;
  }

  /** Adds JSON text as it is. */
  raw(name: string, json: string): this {
    this.parts.push(`"${name}":${json}`);
    return this;
  }

  /** Adds a list of JSON texts unless it is empty. */
  list(name: string, items: readonly string[]): this {
    if (items.length > 0) this.raw(name, `[${items.join(',')}]`);
    return this;
  }

  toString(): string {
    return `{${this.parts.join(',')}}`;
  }
}
