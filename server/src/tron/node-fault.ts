export type NodeFaultKind =
  /** No whole answer in time. */
  | 'timeout'
  /** Refused, reset, no such host. */
  | 'network'
  /** An HTTP status that is no answer. */
  | 'http'
  /** An answer that is not what the endpoint gives: no JSON, wrong types, too large, contradictory. */
  | 'garbage'
  | 'rate-limited'
  /** The node says `{"Error": …}`: it understood and will not or cannot. */
  | 'refused'
  /** It has not got what it must have by now. */
  | 'stale'
  /** A block whose transactions its own header does not prove. */
  | 'unproven'
  /** Another network, or a history that contradicts ours. */
  | 'wrong-chain';

/** One node failed to answer one question; another node may. Never holds a key or a body. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault';
  readonly kind: NodeFaultKind;
  readonly node: string;
  /** False where nothing left this process. */
  readonly sent: boolean;
  /** For how long the node asked not to be asked. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: NodeFaultKind,
    node: string,
    message: string,
    cause?: unknown,
    more: { readonly sent?: false; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(`${node}: ${message}`, { cause });
    this.kind = kind;
    this.node = node;
    this.sent = more.sent ?? true;
    this.retryAfterMs = more.retryAfterMs;
  }
}
