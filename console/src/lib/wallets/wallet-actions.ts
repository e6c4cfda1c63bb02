import CirclePause from '@lucide/svelte/icons/circle-pause';
import CirclePlay from '@lucide/svelte/icons/circle-play';
import Copy from '@lucide/svelte/icons/copy';
import Hourglass from '@lucide/svelte/icons/hourglass';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Wallet from '@lucide/svelte/icons/wallet';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import type { StakeFactsFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { safetyActions } from '../safety/safety-actions.ts';
import { stakingActions } from '../staking/staking-actions.ts';
import { type Changeable, changingState } from './changing-state.svelte.ts';

/** What can be done with a wallet, the same on its page, in its row's menu and in the palette. */
export function walletActions(
  wallet: Changeable & { address: string },
  facts?: StakeFactsFragment,
): Action[] {
  const { state } = wallet;
  const changes: Action[] = [
    {
      id: 'ACTIVE',
      label: t.wallets.activate,
      icon: CirclePlay,
      run: () => changingState.begin(wallet, 'ACTIVE'),
    },
    {
      id: 'DRAINING',
      label: t.wallets.drain,
      icon: Hourglass,
      run: () => changingState.begin(wallet, 'DRAINING'),
    },
    {
      id: 'PAUSED',
      label: t.wallets.pause,
      icon: CirclePause,
      danger: true,
      run: () => changingState.begin(wallet, 'PAUSED'),
    },
  ];
  return [
    { id: 'open', label: wallet.label, icon: Wallet, href: `/wallets/${wallet.id}` },
    { id: 'orders', label: t.orders.title, icon: ReceiptText, href: `/orders?wallet=${wallet.id}` },
    {
      id: 'copy',
      label: t.common.copyThing(t.common.address),
      icon: Copy,
      run: () => void copyText(wallet.address),
    },
    ...stakingActions(wallet, facts),
    ...safetyActions({ scope: 'WALLET', subject: wallet.id }),
    ...changes
      .filter(({ id }) => id !== state)
      .map((action) => ({
        ...action,
        ...(!may('setWalletState') && { blocked: t.access.notAllowed }),
      })),
  ];
}
