import { DepositList } from '#lib/deposits/deposit-list.ts';
import { type DepositView, readDepositView } from '#lib/deposits/deposit-view.ts';

/** The view is in the URL, so that it can be shared and gone back to. */
export function load({ url }: { url: URL }): { view: DepositView; list: DepositList } {
  const view = readDepositView(url.searchParams);
  return { view, list: new DepositList(view) };
}
