import {
  WalletDocument,
  type WalletQuery,
  type WalletQueryVariables,
} from '#lib/graphql/generated/graphql.ts';
import { Query } from '#lib/graphql/query.svelte.ts';

type Data = { id: string; wallet: Query<WalletQuery, WalletQueryVariables> };

/** The wallet whose key shall be confined. */
export function load({ params: { id } }: { params: { id: string } }): Data {
  return { id, wallet: new Query(WalletDocument, { id }) };
}
