/**
 * What one batch takes of wallets and balances while it is being written: until it commits, nobody else
 * can read that in PostgreSQL.
 */
export class BatchTaken {
  readonly stakeSun = new Map<string, bigint>();
  readonly spentSun = new Map<string, bigint>();

  /** One more order of the batch: by wallet its stake, by user its price. */
  add(
    shares: readonly { readonly walletId: string; readonly stakeSun: bigint }[],
    userId: string,
    priceSun: bigint,
  ): void {
    for (const { walletId, stakeSun } of shares) raise(this.stakeSun, walletId, stakeSun);
    raise(this.spentSun, userId, priceSun);
  }

  clear(): void {
    this.stakeSun.clear();
    this.spentSun.clear();
  }
}

/**
 * The batches that this process places at once without locking what they choose from. Each counts what
 * the others take as gone, so that they hardly ever choose the same twice; whether they did is judged by
 * PostgreSQL, behind the locks.
 */
export class BatchesInFlight {
  readonly #batches = new Set<BatchTaken>();

  open(): BatchTaken {
    const batch = new BatchTaken();
    this.#batches.add(batch);
    return batch;
  }

  /** The batch is committed or left nothing. */
  close(batch: BatchTaken): void {
    this.#batches.delete(batch);
  }

  /** All others that are in flight at this moment. */
  beside(batch: BatchTaken): BatchTaken[] {
    return [...this.#batches].filter((other) => other !== batch);
  }
}

function raise(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}
