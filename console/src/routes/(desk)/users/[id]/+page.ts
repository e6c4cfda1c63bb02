import { may } from '#lib/access/permissions.ts';
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
  money: Query<UserMoneyQuery, UserMoneyQueryVariables> | undefined;
  session: Query<UserSessionQuery, UserSessionQueryVariables> | undefined;
  currency: Currency;
  statement: Pages<EntryRowFragment>;
};

/** One user; the currency of the statement is in the URL. */
export function load({ params, url }: { params: { id: string }; url: URL }): Data {
  const currency = url.searchParams.get('currency') === 'USDT' ? 'USDT' : 'TRX';
  return {
    id: params.id,
    user: userQuery(params.id),
    money: may('seeMoney') ? userMoney(params.id) : undefined,
    session: may('seeBotSession') ? userSession(params.id) : undefined,
    currency,
    statement: userStatement(params.id, currency),
  };
}
