import type { Database } from '../database/database.ts';
import type { PreparingHandler, ReadBlocks } from '../following/block-handler.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { ChainBlock } from '../chain/block.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { creditDeposits } from './credit-deposits.ts';
import { findTransfers, needsReceipts } from './find-payments.ts';
import { readReceipts } from './read-receipts.ts';
import { WatchedAddresses } from './watched-addresses.ts';

export interface ScannerParts {
  readonly database: Database;
  readonly nodes: TronNodes;
  readonly ids: IdMaker;
}

/**
 * Reads what solid blocks pay to watched addresses. The receipts are asked for before the
 * transaction; an address that was given out after that cannot have been paid in these blocks.
 */
export class DepositScanner implements PreparingHandler {
  readonly name = 'deposits';
  readonly #parts: ScannerParts;
  readonly #watched = new WatchedAddresses();

  constructor(parts: ScannerParts) {
    this.#parts = parts;
  }

  /**
   * Whether an account, in hexadecimal, may be a watched address; never no where it was one when the
   * blocks that were prepared last were fetched.
   */
  readonly mayBeOurs = (hex: string): boolean => this.#watched.mayHave(hex);

  /** @throws ChainUnavailable when no node has the receipts of one of the blocks */
  async prepare(blocks: readonly ChainBlock[]): Promise<ReadBlocks> {
    const { database, nodes, ids } = this.#parts;
    const em = database.read();
    const { values } = await readSettings(em);
    await this.#watched.refresh(em, values['deposits.addresses']);
    const watch = {
      usdt: values['deposits.usdtContract'],
      mayHave: (hex: string) => this.#watched.mayHave(hex),
    };
    const all = values['deposits.contractPayments'];
    const payments = this.#watched.none
      ? []
      : [
          ...findTransfers(blocks, watch),
          ...(await readReceipts(
            nodes,
            blocks.filter((block) => needsReceipts(block, watch, all)),
            watch,
          )),
        ].sort((one, other) => one.block - other.block);
    return async (tx, read) => {
      const last = read.at(-1);
      if (!last) return;
      const within = payments.filter(({ block }) => block <= last.number);
      const now = await readSettings(tx);
      await creditDeposits(tx, ids, now.values, within, last);
    };
  }
}
