import type {
  Currency,
  EntryRowFragment,
  UserMoneyQuery,
  UserMoneyQueryVariables,
  UserQuery,
  UserQueryVariables,
  UserSessionQuery,
  UserSessionQueryVariables,
} from '#lib/graphql/generated/graphql.ts';
import type { Pages } from '#lib/graphql/pages.svelte.ts';
import type { Query } from '#lib/graphql/query.svelte.ts';
import { userMoney, userQuery, userSession, userStatement } from '#lib/users/user-page.ts';

type Data = {
  id: string;
  user: Query<UserQuery, UserQueryVariables>;
  money: Query<UserMoneyQuery, UserMoneyQueryVariables>;
  session: Query<UserSessionQuery, UserSessionQueryVariables>;
  currency: Currency;
  statement: Pages<EntryRowFragment>;
};

/** One user; the currency of the statement is in the URL. What nobody reads is not asked for. */
export function load({ params, url }: { params: { id: string }; url: URL }): Data {
  const currency = url.searchParams.get('currency') === 'USDT' ? 'USDT' : 'TRX';
  return {
    id: params.id,
    user: userQuery(params.id),
    money: userMoney(params.id),
    session: userSession(params.id),
    currency,
    statement: userStatement(params.id, currency),
  };
}
