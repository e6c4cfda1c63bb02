import type { LocalChain } from '@energy-desk/devnet';
import { NodeFault } from '../tron/node-fault.ts';
import type { NodeTransport } from '../tron/node-http.ts';
import { parseExactJson } from '../tron/node-json.ts';
import type { Gate } from './gate.ts';

type DevnetNode = ReturnType<LocalChain['newNode']>;

/** A node of the local network, asked without a socket; its faults look as they do through one. */
export class InProcessNode implements NodeTransport {
  readonly name: string;
  readonly node: DevnetNode;
  readonly #gate: Gate;

  constructor(name: string, node: DevnetNode, gate: Gate) {
    this.name = name;
    this.node = node;
    this.#gate = gate;
  }

  post(path: string, body: object): Promise<unknown> {
    return this.#gate.pass('node', `${this.name} ${path}`, () => this.#ask(path, body));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #ask(path: string, body: object): Promise<unknown> {
    const { status, end, filler, body: text } = this.node.answer(path, body);
    const fault = (kind: ConstructorParameters<typeof NodeFault>[0], what: string): NodeFault =>
      new NodeFault(kind, this.name, `${path}: ${what}`);
    if (end === 'hang') return Promise.reject(fault('timeout', 'nothing in time'));
    if (end === 'reset') return Promise.reject(fault('network', 'reset'));
    if (status !== 200) {
      const limited = status === 403 || status === 429 || status === 503;
      return Promise.reject(fault(limited ? 'rate-limited' : 'http', `HTTP ${status}`));
    }
    if (filler !== undefined) return Promise.reject(fault('garbage', 'too long'));
    try {
      return Promise.resolve(
        parseExactJson(typeof text === 'string' ? text : Buffer.from(text).toString('utf8')),
      );
    } catch {
      return Promise.reject(fault('garbage', 'no JSON'));
    }
  }
}
