import { fetchOnce } from '#lib/graphql/client.ts';
import {
  AccountStatementDocument,
  BooksDocument,
  type BooksQuery,
  type BooksQueryVariables,
  type EntryRowFragment,
} from '#lib/graphql/generated/graphql.ts';
import { pageOf, Pages } from '#lib/graphql/pages.svelte.ts';
import { Query } from '#lib/graphql/query.svelte.ts';

type Data = {
  books: Query<BooksQuery, BooksQueryVariables>;
  accountId: string | undefined;
  statement: Pages<EntryRowFragment> | undefined;
};

/** The books; the account whose statement is read is in the URL. */
export function load({ url }: { url: URL }): Data {
  const accountId = url.searchParams.get('account') ?? undefined;
  const currency = url.searchParams.get('currency') === 'USDT' ? 'USDT' : 'TRX';
  return {
    books: new Query(BooksDocument, {}, ['LedgerAccount']),
    accountId,
    statement:
      accountId === undefined
        ? undefined
        : new Pages(async (after) => {
            const { statement } = await fetchOnce(AccountStatementDocument, {
              accountId,
              currency,
              first: 30,
              after,
            });
            return pageOf(statement);
          }),
  };
}
