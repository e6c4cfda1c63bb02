import { Query, type Asked } from '#lib/graphql/query.svelte.ts';
import { WalletNamesDocument, type WalletNamesQuery } from '#lib/graphql/generated/graphql.ts';
import { OperationList } from '#lib/operations/operation-list.ts';
import { type OperationView, readOperationView } from '#lib/operations/operation-view.ts';

type Data = { view: OperationView; list: OperationList; wallets: Asked<WalletNamesQuery> };

/** The view is in the URL, so that it can be shared and gone back to. */
export function load({ url }: { url: URL }): Data {
  const view = readOperationView(url.searchParams);
  return {
    view,
    list: new OperationList(view),
    wallets: new Query(WalletNamesDocument, {}, ['Wallet']),
  };
}
