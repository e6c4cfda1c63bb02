import { Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { Database } from '../database/database.ts';
import { type DeskEvent, formatCursor } from '../events/event.ts';
import { SharedReads } from '../events/shared-reads.ts';
import { AfterCursor, eventsOf } from '../graphql/change-stream.ts';
import type { DeskContext } from '../graphql/context.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { readStock, type Stock } from './inventory.ts';
import type { WalletRow } from './wallet-rows.ts';
import { Inventory, InventoryChange, Wallet } from './wallet.graphql.ts';

export interface InventoryStreamParts {
  readonly database: Database;
  readonly settings: SettingsStore;
  readonly ratio: () => Promise<ResourceRatio>;
}

interface Change extends InventoryChange {
  readonly event: DeskEvent;
}

@Resolver(() => InventoryChange)
export class InventoryStreamResolver {
  readonly #stock: SharedReads<Stock>;

  constructor({ database, ratio, settings }: InventoryStreamParts) {
    this.#stock = new SharedReads(async () =>
      readStock(database.read(), await ratio(), (await settings.current()).values),
    );
  }

  @Subscription(() => InventoryChange, {
    description:
      'Each change of the stock as it happens. To lose none, begin with `after` from `eventCursor` or from the last change that came.',
    subscribe: eventsOf('inventory.changed', 'wallet.*'),
  })
  inventoryChanged(@Root() event: DeskEvent, @AfterCursor() _after?: string | null): Change {
    return { cursor: formatCursor(event.cursor), walletId: event.subjectId, event };
  }

  @FieldResolver(() => Inventory, { description: 'The pool as it is now.' })
  inventory(@Root() { event }: Change): Promise<Stock> {
    return this.#stock.of(event);
  }

  @FieldResolver(() => Wallet, { nullable: true, description: 'The wallet it began with.' })
  wallet(@Root() { walletId }: Change, @Ctx() { loaders }: DeskContext): Promise<WalletRow | null> {
    return loaders.wallet.load(walletId);
  }
}
