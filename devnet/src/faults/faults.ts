/** What can go wrong at a node, on demand. */
export const faultKinds = [
  'timeout-accepted',
  'timeout-dropped',
  'server-busy',
  'dup',
  'other-error',
  'unknown-code',
  'false-expired',
  'p2p-failed',
  'never-included',
  'stale',
  'wrong-chain',
  'forked',
  'omit-transaction',
  'change-result',
  'garbage',
  'huge',
  'http-429',
  'http-503',
  'slow',
  'lack-of-resources',
  'reset',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault as it is set; every field but `kind` has a default. */
export interface FaultRequest {
  readonly kind: FaultKind;
  /** Endpoint pattern: `*` stands for anything, as in `/wallet/broadcast*`. Default: what fits. */
  readonly path?: string;
  /** How often it strikes; absent: until cleared. */
  readonly count?: number;
  /** Share of requests it strikes, 0 to 1; default 1. */
  readonly probability?: number;
  /** stale: blocks behind (default 100). */
  readonly blocks?: number;
  /** forked: the first block of the other branch (default 1). */
  readonly from?: number;
  /** omit-transaction, change-result: only this one; default every one. */
  readonly txid?: string;
  /** slow: delay (default 5,000). */
  readonly ms?: number;
  /** huge: size of the body (default 100,000,000). */
  readonly bytes?: number;
  /** other-error, unknown-code, dup, server-busy: whether the transaction is taken anyway. */
  readonly accepted?: boolean;
}

/** A fault in force. */
export interface Fault extends FaultRequest {
  readonly id: number;
  readonly path: string;
  readonly remaining: number | undefined;
}

const broadcastOnly = new Set<FaultKind>([
  'timeout-accepted',
  'timeout-dropped',
  'server-busy',
  'dup',
  'other-error',
  'unknown-code',
  'false-expired',
  'p2p-failed',
  'never-included',
]);

/** Whether the fault strikes only what is offered to the chain. */
export function isOfBroadcasts(kind: FaultKind): boolean {
  return broadcastOnly.has(kind);
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`).test(path);
}

/** The faults of one node. */
export class Faults {
  private active: Fault[] = [];
  private nextId = 1;
  private readonly random: () => number;

  /** `random` gives numbers in [0, 1): it decides about faults with a probability. */
  constructor(random: () => number) {
    this.random = random;
  }

  /** Sets one more fault; those set first strike first. */
  add(request: FaultRequest): Fault {
    const path =
      request.path ?? (broadcastOnly.has(request.kind) ? '/wallet/broadcast*' : '/wallet*');
    const fault = { ...request, id: this.nextId++, path, remaining: request.count };
    this.active.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.active;
  }

  clear(): void {
    this.active = [];
  }

  /** The faults that strike this request; counts them down. */
  strike(path: string): Fault[] {
    const struck = this.active.filter(
      (fault) =>
        matches(fault.path, path) &&
        (fault.probability === undefined || this.random() < fault.probability),
    );
    this.active = this.active
      .map((fault) =>
        struck.includes(fault) && fault.remaining !== undefined
          ? { ...fault, remaining: fault.remaining - 1 }
          : fault,
      )
      .filter((fault) => fault.remaining === undefined || fault.remaining > 0);
    return struck;
  }
}
