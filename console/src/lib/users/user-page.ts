import { fetchOnce } from '../graphql/client.ts';
import {
  type Currency,
  type EntryRowFragment,
  UserDocument,
  UserMoneyDocument,
  type UserMoneyQuery,
  type UserMoneyQueryVariables,
  type UserQuery,
  type UserQueryVariables,
  UserSessionDocument,
  type UserSessionQuery,
  type UserSessionQueryVariables,
  UserStatementDocument,
} from '../graphql/generated/graphql.ts';
import { DeskError } from '../graphql/desk-error.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { Query } from '../graphql/query.svelte.ts';

/** One user with their balances, addresses and latest orders. */
export function userQuery(id: string): Query<UserQuery, UserQueryVariables> {
  return new Query(UserDocument, { id }, ['Order']);
}

/** The user's latest deposits and withdrawals. */
export function userMoney(id: string): Query<UserMoneyQuery, UserMoneyQueryVariables> {
  return new Query(UserMoneyDocument, { id }, ['Deposit', 'Withdrawal']);
}

/** Where the user stands in the bot's dialogue. */
export function userSession(id: string): Query<UserSessionQuery, UserSessionQueryVariables> {
  return new Query(UserSessionDocument, { id }, ['BotSession']);
}

/** The user's movements in one currency, newest first. */
export function userStatement(id: string, currency: Currency): Pages<EntryRowFragment> {
  return new Pages(async (after) => {
    const { user } = await fetchOnce(UserStatementDocument, { id, currency, first: 30, after });
    if (user === null) throw new DeskError('NOT_FOUND', 'There is no such user');
    return pageOf(user.statement);
  });
}
