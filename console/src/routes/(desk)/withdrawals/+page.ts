import {
  WithdrawalTermsDocument,
  type WithdrawalTermsQuery,
} from '#lib/graphql/generated/graphql.ts';
import { type Asked, Query } from '#lib/graphql/query.svelte.ts';
import { WaitingWithdrawals, WithdrawalList } from '#lib/withdrawals/withdrawal-list.ts';
import { readWithdrawalView, type WithdrawalView } from '#lib/withdrawals/withdrawal-view.ts';

type Data = {
  view: WithdrawalView;
  list: WithdrawalList;
  waiting: WaitingWithdrawals;
  terms: Asked<WithdrawalTermsQuery>;
};

/** The view is in the URL, so that it can be shared and gone back to. */
export function load({ url }: { url: URL }): Data {
  const view = readWithdrawalView(url.searchParams);
  return {
    view,
    list: new WithdrawalList(view),
    waiting: new WaitingWithdrawals(),
    terms: new Query(WithdrawalTermsDocument, {}),
  };
}
