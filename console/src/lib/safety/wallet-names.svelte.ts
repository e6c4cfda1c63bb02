import {
  WalletNamesDocument,
  type WalletNamesQuery,
  type WalletNamesQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';

/** Labels of the wallets by id, asked for while something on the page names one. */
class WalletNames {
  readonly #query = new Query<WalletNamesQuery, WalletNamesQueryVariables>(
    WalletNamesDocument,
    {},
    ['Wallet'],
  );

  get all(): WalletNamesQuery['wallets'] {
    return this.#query.data?.wallets ?? [];
  }

  get byId(): ReadonlyMap<string, string> {
    return new Map(this.all.map(({ id, label }) => [id, label]));
  }
}

export const walletNames = new WalletNames();
