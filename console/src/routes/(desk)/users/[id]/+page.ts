import type {
  Currency,
  EntryRowFragment,
  UserQuery,
  UserQueryVariables,
} from '#lib/graphql/generated/graphql.ts';
import type { Pages } from '#lib/graphql/pages.svelte.ts';
import type { Query } from '#lib/graphql/query.svelte.ts';
import { userQuery, userStatement } from '#lib/users/user-page.ts';

type Data = {
  id: string;
  user: Query<UserQuery, UserQueryVariables>;
  currency: Currency;
  statement: Pages<EntryRowFragment>;
};

/** One user; the currency of the statement is in the URL. */
export function load({ params, url }: { params: { id: string }; url: URL }): Data {
  const currency = url.searchParams.get('currency') === 'USDT' ? 'USDT' : 'TRX';
  return {
    id: params.id,
    user: userQuery(params.id),
    currency,
    statement: userStatement(params.id, currency),
  };
}
