import type { EntityManager } from '../database/database.ts';
import { assert } from '../kernel/assert.ts';
import type { ChainEffect } from '../chain/transaction.ts';

/** A block as far as an operation's fate needs it. */
export interface FateBlock {
  readonly number: number;
  readonly id: string;
  readonly timeMs: number;
}

/** An operation at a turning point of its life. */
export interface Fate {
  readonly operationId: string;
  readonly effect: ChainEffect;
  /** What the room that asked for the operation knows it by. */
  readonly reference: string;
  readonly txid: string;
}

export interface FateInBlock extends Fate {
  readonly block: FateBlock;
}

/** After a proof of death: another attempt of the same operation, or none ever. */
export type Verdict = 'RETRY' | 'ABANDON';

/**
 * What a room does about the operations that it asked for. Each method runs inside the transaction
 * in which the operation's state changes, and gets all operations that change together. The
 * operations are locked already; rows of the room come next, then wallets, then the books.
 */
export interface PurposeHandler {
  /** The bytes may leave from now on: nothing can be called back. Asks all at once: the commit goes out with it. */
  sending(em: EntityManager, fates: readonly Fate[]): Promise<void>;
  /** In a head block, which a fork may still take away. */
  included(em: EntityManager, fates: readonly FateInBlock[]): Promise<void>;
  /** A fork took the block away; the attempt may yet land again. */
  removed(em: EntityManager, fates: readonly Fate[]): Promise<void>;
  /** Final, and it has had its effect. `included` may not have come before. */
  solid(em: EntityManager, fates: readonly FateInBlock[]): Promise<void>;
  /** The attempt is proved dead. The verdict for each operation id; absent means RETRY. */
  dead(em: EntityManager, fates: readonly Fate[]): Promise<ReadonlyMap<string, Verdict>>;
  /** No attempt will ever be made again, and none has had its effect: a call in a solid block may have failed. */
  abandoned(
    em: EntityManager,
    fates: readonly Pick<Fate, 'operationId' | 'reference'>[],
  ): Promise<void>;
}

/** The rooms' handlers by purpose; filled once, where the house is put together. */
export class Purposes {
  readonly #handlers = new Map<string, PurposeHandler>();

  register(purpose: string, handler: PurposeHandler): void {
    assert(!this.#handlers.has(purpose), `purpose ${purpose} has one handler`);
    this.#handlers.set(purpose, handler);
  }

  /** Calls the handlers of all purposes among the rows, each once with its share. */
  async tell<Row extends { readonly purpose: string }>(
    rows: readonly Row[],
    call: (handler: PurposeHandler, share: Row[]) => Promise<void>,
  ): Promise<void> {
    for (const [handler, share] of this.#shares(rows)) await call(handler, share);
  }

  /** The same, without one waiting for another. */
  async tellAtOnce<Row extends { readonly purpose: string }>(
    rows: readonly Row[],
    call: (handler: PurposeHandler, share: Row[]) => Promise<void>,
  ): Promise<void> {
    await Promise.all(this.#shares(rows).map(([handler, share]) => call(handler, share)));
  }

  #shares<Row extends { readonly purpose: string }>(
    rows: readonly Row[],
  ): (readonly [PurposeHandler, Row[]])[] {
    return [...Map.groupBy(rows, (row) => row.purpose)].map(([purpose, share]) => {
      const handler = this.#handlers.get(purpose);
      assert(handler, `purpose ${purpose} has a handler`);
      return [handler, share] as const;
    });
  }
}
