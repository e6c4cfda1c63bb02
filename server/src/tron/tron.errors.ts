import { DomainError } from '../kernel/domain-error.ts';
import type { NodeFault, NodeFaultKind } from './node-fault.ts';

/** The text is no TRON address; the message says in which way. */
export class BadAddress extends DomainError {
  readonly code = 'BAD_ADDRESS';
}

/** The text is no secp256k1 private key. Neither message nor details ever hold it. */
export class BadPrivateKey extends DomainError {
  readonly code = 'BAD_PRIVATE_KEY';
}

/** No node gave a usable answer in time. What each said is for logs and health, not for callers. */
export class ChainUnavailable extends DomainError {
  readonly code = 'CHAIN_UNAVAILABLE';
  override readonly retryable = true;
  readonly faults: readonly NodeFault[];

  constructor(message: string, faults: readonly NodeFault[] = []) {
    super(message);
    this.faults = faults;
  }
}

/** Whether no node gave an answer, and each of them for this one reason. */
export function isOnly(error: unknown, kind: NodeFaultKind): boolean {
  return (
    error instanceof ChainUnavailable &&
    error.faults.length > 0 &&
    error.faults.every((fault) => fault.kind === kind)
  );
}
