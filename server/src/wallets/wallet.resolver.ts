import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Database } from '../database/database.ts';
import { StateChange, stateChange } from '../graphql/actor.graphql.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { DateTime } from '../graphql/scalars.ts';
import { isUuid } from '../kernel/ids.ts';
import { ChainOperationConnection } from '../operations/operation.graphql.ts';
import { operationsOfOwner } from '../operations/operation-rows.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { energyOfStake, type ResourceRatio } from '../chain/resource-maths.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import { readProbe } from './read-probe.ts';
import { readStock } from './inventory.ts';
import { reserveOf } from '../capacity/kept-back.ts';
import { registerWallet, type RegistrationParts } from './register-wallet.ts';
import { setWalletState } from './set-wallet-state.ts';
import { allWallets, freeStake, type WalletRow } from './wallet-rows.ts';
import {
  Capacity,
  Inventory,
  RegisterWalletInput,
  SetWalletStateInput,
  Wallet,
  WalletBandwidth,
  WalletProbe,
} from './wallet.graphql.ts';

export interface WalletResolverParts extends RegistrationParts {
  readonly database: Database;
  readonly settings: SettingsStore;
  /** @throws ChainUnavailable before the chain's figures are known */
  readonly ratio: () => Promise<ResourceRatio>;
  /** Looks at a wallet that was registered just now. */
  readonly observeWallet: (walletId: string) => Promise<void>;
}

@Resolver(() => Wallet)
export class WalletResolver {
  readonly #parts: WalletResolverParts;

  constructor(parts: WalletResolverParts) {
    this.#parts = parts;
  }

  @Query(() => Wallet, { nullable: true, description: 'A wallet of the pool.' })
  async wallet(
    @Arg('id', () => ID, { description: 'Id of the wallet.' }) id: string,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletRow | null> {
    return isUuid(id) ? loaders.wallet.load(id) : null;
  }

  @Query(() => [Wallet], { description: 'Every wallet of the pool, the oldest first.' })
  wallets(): Promise<WalletRow[]> {
    return allWallets(this.#parts.database.read());
  }

  @Query(() => Inventory, { description: 'The pool as a whole.' })
  async inventory(): Promise<Inventory> {
    const { values } = await this.#parts.settings.current();
    return readStock(this.#parts.database.read(), await this.#parts.ratio(), values);
  }

  @Mutation(() => Wallet, {
    description:
      'Takes a wallet into the pool. The private key is sealed at once and never shown again.',
  })
  async registerWallet(
    @Arg('input', () => RegisterWalletInput, { description: 'The wallet.' })
    { label, privateKey, permissionId, address }: RegisterWalletInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<WalletRow> {
    const command = { actor, label, privateKey, permissionId, address: address ?? null };
    const id = await registerWallet(this.#parts, command, (em, walletId, account) =>
      audit.record(
        em,
        'wallet.register',
        { kind: 'wallet', id: walletId },
        { address: account, label, permissionId },
      ),
    );
    try {
      await this.#parts.observeWallet(id);
    } catch (error) {
      // The wallet is in the pool; it is looked at again with all the others.
      if (!(error instanceof ChainUnavailable)) throw error;
    }
    return present(await loaders.wallet.load(id), 'registered wallet');
  }

  @Mutation(() => Wallet, { description: 'Says whether and how a wallet takes part in selling.' })
  async setWalletState(
    @Arg('input', () => SetWalletStateInput, { description: 'Wallet, state and reason.' })
    { walletId, state, reason }: SetWalletStateInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<WalletRow> {
    await this.#parts.database.transaction(actor, async (em) => {
      await setWalletState(em, { walletId, state, reason });
      await audit.record(
        em,
        'wallet.set_state',
        { kind: 'wallet', id: walletId },
        { state, reason: reason.trim() },
      );
    });
    return present(await loaders.wallet.load(walletId), 'wallet');
  }

  @FieldResolver(() => Capacity, { description: 'What its stake is used for.' })
  async capacity(
    @Root() { id, staked, sellable, recovering }: WalletRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Capacity> {
    const [loaded, ratio, { values }] = await Promise.all([
      loaders.walletUse.load(id),
      this.#parts.ratio(),
      this.#parts.settings.current(),
    ]);
    const use = present(loaded, 'use of the wallet');
    const { reserved, rented } = use;
    const { free, keptBack } = freeStake({ staked, sellable, ...use }, reserveOf(values));
    return {
      staked,
      sellable,
      reserved,
      rented,
      free,
      keptBack,
      stakedEnergy: energyOfStake(staked, ratio),
      reservedEnergy: energyOfStake(reserved, ratio),
      rentedEnergy: energyOfStake(rented, ratio),
      recoveringEnergy: energyOfStake(recovering, ratio),
      freeEnergy: energyOfStake(free, ratio),
      keptBackEnergy: energyOfStake(keptBack, ratio),
    };
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Since when it is in its state, by the database’s clock.',
  })
  stateSince(@Root() { id }: WalletRow, @Ctx() { loaders }: DeskContext): Promise<Date | null> {
    return loaders.walletStateSince.load(id);
  }

  @FieldResolver(() => WalletProbe, {
    nullable: true,
    description: 'What the last probe of its last quarantine found; null before the first.',
  })
  lastProbe(@Root() { lastProbe }: WalletRow): WalletProbe | null {
    return readProbe(lastProbe);
  }

  @FieldResolver(() => WalletBandwidth, { description: 'Its bandwidth when last looked at.' })
  bandwidth(@Root() { bandwidthAvailable, bandwidthLimit }: WalletRow): WalletBandwidth {
    return { available: bandwidthAvailable, limit: bandwidthLimit };
  }

  @FieldResolver(() => ChainOperationConnection, {
    description: 'What was wanted of its account on chain, the newest first.',
  })
  async operations(
    @Root() { address }: WalletRow,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<ChainOperationConnection> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !isUuid(last)) throw badCursor();
    const rows = await operationsOfOwner(this.#parts.database.read(), address, {
      first: size,
      after: last ?? null,
    });
    return connectionOf(rows, size, ({ id }) => encodeCursor(id), after);
  }

  @FieldResolver(() => [StateChange], {
    description: 'Every state it has been in, the first first.',
  })
  async history(
    @Root() { id }: WalletRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<StateChange[]> {
    return (await loaders.walletHistory.load(id)).map(stateChange);
  }
}

function badCursor(): BadInput {
  return new BadInput('Send a cursor exactly as it came with an earlier page.', { field: 'after' });
}
