import { WithdrawalPage } from '#lib/withdrawals/withdrawal-page.ts';

/** One withdrawal by its id. */
export function load({ params }: { params: { id: string } }): { withdrawal: WithdrawalPage } {
  return { withdrawal: new WithdrawalPage(params.id) };
}
