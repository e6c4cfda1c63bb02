import { DomainError } from '../kernel/domain-error.ts';
import type { NodeFault, NodeFaultKind } from './node-fault.ts';

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
