import { WalletPage } from '#lib/wallets/wallet-page.ts';

/** One wallet by its id. */
export function load({ params }: { params: { id: string } }): { wallet: WalletPage } {
  return { wallet: new WalletPage(params.id) };
}
