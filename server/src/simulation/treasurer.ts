import { DomainError, IdempotencyConflict } from '../kernel/domain-error.ts';
import { query } from '../database/query.ts';
import { IdMaker } from '../kernel/ids.ts';
import { UNIT } from '../kernel/money.ts';
import { cancelWalletOperation } from '../staking/cancel-wallet-operation.ts';
import type { WalletEffect } from '../staking/check-wallet-operation.ts';
import { intendWalletOperation } from '../staking/intend-wallet-operation.ts';
import type { Address } from '../chain/address.ts';
import type { DeskProcess } from './desk-process.ts';
import type { SeededRandom } from './seeded-random.ts';
import { operator, type World } from './world.ts';

/** What is to be done with a wallet's account, under one idempotency key. */
export interface Errand {
  readonly key: string;
  readonly owner: Address;
  readonly effect: WalletEffect;
  /** Operations that the desk acknowledged under this key: one at the most, whatever happened. */
  readonly acknowledged: Set<string>;
}

const TRANSFERS = [1n, 40n, 300n];
const STAKES = [50n, 700n];
const UNSTAKES = [500n, 6_000n, 15_000n];

/** The operator who stakes, unstakes and moves TRX while orders are sold from the same wallets. */
export class Treasurer {
  readonly errands: Errand[] = [];
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #ids: IdMaker;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#ids = new IdMaker(world.clock, this.#random);
  }

  newErrand(): Errand {
    const owner = this.#random.pick(this.#world.wallets);
    const errand: Errand = {
      key: `errand-${this.errands.length + 1}`,
      owner,
      effect: this.#effect(owner),
      acknowledged: new Set(),
    };
    this.errands.push(errand);
    return errand;
  }

  /** The same key and content: must come to the same operation. */
  async ask(desk: DeskProcess, errand: Errand): Promise<void> {
    const { key, owner, effect, acknowledged } = errand;
    try {
      const id = await this.#world.database.transaction(operator, async (em) => {
        const [wallet] = await query<{ id: string }>(
          em,
          'select id from wallets where address = $1',
          [owner],
        );
        return intendWalletOperation(em, this.#ids, {
          walletId: wallet?.id ?? '',
          effect,
          clientId: key,
          reason: 'simulation',
        });
      });
      acknowledged.add(id);
      this.#world.note(`${desk.name} took ${key}: ${effect.kind}`);
      if (acknowledged.size > 1) this.#world.breaks.push(`${key} was answered with two operations`);
    } catch (error) {
      this.#world.noteError(`${desk.name} refused ${key}: ${effect.kind}`, error);
      if (error instanceof IdempotencyConflict) {
        this.#world.breaks.push(`${key} conflicts with itself`);
      }
      if (error instanceof DomainError && acknowledged.size > 0 && !error.retryable) {
        this.#world.breaks.push(`${key} was taken, and then refused: ${error.message}`);
      }
    }
  }

  async cancel(desk: DeskProcess, errand: Errand): Promise<void> {
    const [id] = errand.acknowledged;
    if (id === undefined) return;
    try {
      await this.#world.database.transaction(operator, (em) =>
        cancelWalletOperation(em, id, 'simulation'),
      );
      this.#world.note(`${desk.name} cancelled ${errand.key}`);
    } catch (error) {
      this.#world.noteError(`${desk.name} did not cancel ${errand.key}`, error);
    }
  }

  #effect(owner: Address): WalletEffect {
    const random = this.#random;
    const others = this.#world.wallets.filter((address) => address !== owner);
    const resource = 'ENERGY';
    const kinds: (readonly [() => WalletEffect, number])[] = [
      [
        () => ({
          kind: 'transfer',
          to: random.pick(others),
          amountSun: random.pick(TRANSFERS) * UNIT,
        }),
        3,
      ],
      [() => ({ kind: 'freeze', amountSun: random.pick(STAKES) * UNIT, resource }), 2],
      [() => ({ kind: 'unfreeze', amountSun: random.pick(UNSTAKES) * UNIT, resource }), 4],
      [() => ({ kind: 'cancelUnfreeze' }), 1],
    ];
    return random.weighted(kinds)();
  }
}
