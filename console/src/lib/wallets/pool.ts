import {
  InventoryChangedDocument,
  WalletsDocument,
  type WalletsQuery,
  type WalletsQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { listen } from '../live/live.ts';

/** All wallets and the stock they add up to, kept in step with the desk. */
export class Pool extends Query<WalletsQuery, WalletsQueryVariables> {
  constructor() {
    super(WalletsDocument, {}, ['Wallet']);
  }

  /** Follows the stock until the result is called. Start it inside an effect. */
  follow(): () => void {
    return listen({
      document: InventoryChangedDocument,
      variables: {},
      cursorOf: (data) => data.inventoryChanged.cursor,
      onChange: ({ inventoryChanged: { inventory, wallet } }) => {
        const known = this.latest;
        if (known === undefined) return;
        const isNew = wallet !== null && known.wallets.every(({ id }) => id !== wallet.id);
        this.replace({
          inventory,
          wallets: isNew
            ? [...known.wallets, wallet]
            : known.wallets.map((row) => (row.id === wallet?.id ? wallet : row)),
        });
      },
      onStart: () => void this.refresh(),
    });
  }
}
