import { textOf } from '../chain/block.ts';
import type { Text } from '../chain/block.ts';
import { distortBlocks } from '../faults/block-faults.ts';
import { broadcastFaultOf } from '../faults/broadcast-faults.ts';
import type { Fault, Faults } from '../faults/faults.ts';
import { ContractExecuteError, ContractValidateError } from '../rules/context.ts';
import { WireError } from '../wire/codec.ts';
import { isRecord, ParseError } from '../wire/json.ts';
import { accountHandlers } from './accounts.ts';
import { blockHandlers } from './blocks.ts';
import { broadcastHex, broadcastJson, signatureHandlers } from './broadcasting.ts';
import { builderHandlers } from './builders.ts';
import { contractHandlers } from './contract-calls.ts';
import { networkHandlers } from './network.ts';
import { NodeRequest } from './request.ts';
import type { Handler, NodeContext } from './request.ts';

/** What goes back to the caller; the transport carries it out. */
export interface Answer {
  readonly status: number;
  readonly body: Text;
  /** ms to wait before answering. */
  readonly delayMs?: number;
  /** hang: no answer ever; reset: the connection is cut. */
  readonly end?: 'hang' | 'reset';
  /** Filler after the body, bytes. */
  readonly filler?: number;
}

const wallet = new Map<string, Handler>();
const solidity = new Map<string, Handler>();
for (const [name, handler, alsoSolid] of [
  ...blockHandlers,
  ...accountHandlers,
  ...networkHandlers,
  ...contractHandlers,
  ...builderHandlers,
  ...signatureHandlers,
]) {
  wallet.set(name, handler);
  if (alsoSolid) solidity.set(name, handler);
}

/** Names of java-tron's exceptions, as its error answers show them. */
function errorText(error: unknown): string {
  if (error instanceof ContractValidateError) {
    return `class org.tron.core.exception.ContractValidateException : ${error.message}`;
  }
  if (error instanceof ContractExecuteError) {
    return `class org.tron.core.exception.ContractExeException : ${error.message}`;
  }
  if (error instanceof ParseError && error.message !== 'null') {
    return `class org.tron.json.JSONException : ${error.message}`;
  }
  if (error instanceof WireError && error.message !== 'null') {
    return `class com.google.protobuf.InvalidProtocolBufferException : ${error.message}`;
  }
  return `class java.lang.NullPointerException : ${error instanceof Error ? error.message : 'null'}`;
}

function errorAnswer(text: string): Answer {
  return { status: 200, body: JSON.stringify({ Error: text }) };
}

/** Ids of another chain: consistent with each other, different from this one. */
function otherChain(body: Text): string {
  const swap = (id: string): string =>
    id.slice(0, 16) +
    id.slice(16).replace(/./g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16));
  return textOf(body).replace(
    /"(blockID|parentHash)":"([0-9a-f]{64})"/g,
    (_, name: string, id: string) => `"${name}":"${swap(id)}"`,
  );
}

/** One node of the network: answers questions about the chain, with its own faults. */
export class Node {
  readonly context: NodeContext;
  readonly faults: Faults;

  constructor(context: NodeContext, faults: Faults) {
    this.context = context;
    this.faults = faults;
  }

  /** Answers `/wallet/…` and `/walletsolidity/…`; never throws. */
  answer(path: string, body: unknown): Answer {
    const faults = this.faults.strike(path);
    const early = this.early(faults);
    if (early) return early;
    const fault = faults.find((candidate) => candidate.kind === 'timeout-accepted');
    const answer = this.handle(path, body, faults);
    const delayMs = faults.find(({ kind }) => kind === 'slow');
    const wrong = faults.some(({ kind }) => kind === 'wrong-chain');
    const shown = distortBlocks(answer.body, this.context.chain, faults);
    return {
      ...answer,
      body: wrong ? otherChain(shown) : shown,
      ...(delayMs ? { delayMs: delayMs.ms ?? 5_000 } : {}),
      ...(fault ? { end: 'hang' as const } : {}),
    };
  }

  /** Faults that answer without looking at the question. */
  private early(faults: readonly Fault[]): Answer | undefined {
    for (const fault of faults) {
      switch (fault.kind) {
        case 'timeout-dropped':
          return { status: 200, body: '', end: 'hang' };
        case 'reset':
          return { status: 200, body: '', end: 'reset' };
        case 'http-429':
          return { status: 429, body: '{"Error":"request rate exceeded"}' };
        case 'http-503':
          return { status: 503, body: '<html><body>503 Service Unavailable</body></html>' };
        case 'garbage':
          return { status: 200, body: '<!doctype html><html>{"blockID":17,"oops' };
        case 'huge':
          return { status: 200, body: '{"filler":"', filler: fault.bytes ?? 100_000_000 };
        case 'lack-of-resources':
          return errorAnswer(
            'class java.lang.IllegalAccessException : lack of computing resources',
          );
        default:
          break;
      }
    }
    return undefined;
  }

  private handle(path: string, body: unknown, faults: readonly Fault[]): Answer {
    const [, area, name = ''] = path.split('/');
    const handlers = area === 'wallet' ? wallet : area === 'walletsolidity' ? solidity : undefined;
    const stale = faults.find(({ kind }) => kind === 'stale');
    const request = new NodeRequest(
      isRecord(body) ? body : {},
      this.context,
      area === 'walletsolidity',
      stale ? (stale.blocks ?? 100) : 0,
    );
    try {
      if (area === 'wallet' && (name === 'broadcasthex' || name === 'broadcasttransaction')) {
        const fault = faults.map(broadcastFaultOf).find((found) => found !== undefined);
        const run = name === 'broadcasthex' ? broadcastHex : broadcastJson;
        return { status: 200, body: run(request, fault) };
      }
      const handler = handlers?.get(name);
      if (!handler)
        return { status: 404, body: '{"Error":"this API is unavailable due to config"}' };
      return { status: 200, body: handler(request) };
    } catch (error) {
      return errorAnswer(errorText(error));
    }
  }
}
