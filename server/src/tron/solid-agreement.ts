import type { Clock } from '../kernel/clock.ts';

/** What nodes say about one height, where solid blocks can never differ. */
export interface Disagreement {
  /** The lowest height at which they are known to differ. */
  readonly number: number;
  readonly sayings: readonly { readonly node: string; readonly id: string }[];
  /** By the process's clock. */
  readonly since: Date;
}

interface Dispute {
  readonly number: number;
  readonly ids: Map<string, string>;
  readonly since: Date;
}

/** Solid headers kept of each node: more than two checks of nodes that lie a little apart. */
const KEPT = 64;

/**
 * Knows whether the nodes show the same solid chain. A dispute stays until all that are party to it
 * say the same of its height, however long one of them is silent: a node that contradicted us is not
 * out of the way because it went away. Where two or more say the same against fewer, the fewer are
 * outvoted and the dispute stops nothing.
 */
export class SolidAgreement {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #seen = new Map<string, Map<number, string>>();
  #dispute: Dispute | null = null;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** A node's solid block at a height, by its own word. */
  note(node: string, block: { readonly number: number; readonly id: string }): void {
    const dispute = this.#dispute;
    if (dispute?.number === block.number) {
      dispute.ids.set(node, block.id);
      if (new Set(dispute.ids.values()).size === 1) this.#end();
      return;
    }
    // What an outvoted node says elsewhere is known to be another chain.
    if (this.outvoted().has(node)) return;
    this.#remember(node, block);
    if (dispute !== null && dispute.number < block.number) return;
    const ids = new Map<string, string>();
    for (const [name, headers] of this.#seen) {
      const id = headers.get(block.number);
      if (id !== undefined) ids.set(name, id);
    }
    if (new Set(ids.values()).size < 2) return;
    this.#dispute = { number: block.number, ids, since: dispute?.since ?? this.#clock.now() };
  }

  /** What is in dispute, whether it stops the proof or not. */
  dispute(): Disagreement | null {
    const dispute = this.#dispute;
    if (dispute === null) return null;
    const sayings = [...dispute.ids].map(([node, id]) => ({ node, id }));
    return { number: dispute.number, sayings, since: dispute.since };
  }

  /** A dispute that no majority settles: nothing at its height or above is proved. */
  open(): Disagreement | null {
    return this.#majority() === null ? this.dispute() : null;
  }

  /** Nodes that two or more others contradict. */
  outvoted(): ReadonlySet<string> {
    const majority = this.#majority();
    if (this.#dispute === null || majority === null) return new Set();
    return new Set(
      [...this.#dispute.ids].filter(([, id]) => id !== majority).map(([name]) => name),
    );
  }

  /** The id that two nodes or more name, and more than any other. */
  #majority(): string | null {
    const votes = new Map<string, number>();
    for (const id of this.#dispute?.ids.values() ?? []) votes.set(id, (votes.get(id) ?? 0) + 1);
    const [first, second] = [...votes].sort(([, one], [, other]) => other - one);
    return first !== undefined && first[1] >= 2 && first[1] > (second?.[1] ?? 0) ? first[0] : null;
  }

  #remember(node: string, { number, id }: { readonly number: number; readonly id: string }): void {
    const headers = this.#seen.get(node) ?? new Map<number, string>();
    this.#seen.set(node, headers);
    headers.delete(number);
    headers.set(number, id);
    const [oldest] = headers.keys();
    if (headers.size > KEPT && oldest !== undefined) headers.delete(oldest);
  }

  #end(): void {
    this.#dispute = null;
    // What was said during the dispute may be of the wrong chain.
    this.#seen.clear();
  }
}

/** What an operator reads of it. */
export function tellDisagreement({ number, sayings }: Disagreement): string {
  const said = sayings.map(({ node, id }) => `${node} says ${id}`).join(', ');
  return `The nodes disagree about solid block ${number}: ${said}. Nothing from there on is proved until they agree; sending goes on.`;
}
