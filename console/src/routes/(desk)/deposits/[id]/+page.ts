import { DepositPage } from '#lib/deposits/deposit-page.ts';

/** One deposit by its id. */
export function load({ params }: { params: { id: string } }): { deposit: DepositPage } {
  return { deposit: new DepositPage(params.id) };
}
