import BanknoteArrowUp from '@lucide/svelte/icons/banknote-arrow-up';
import Copy from '@lucide/svelte/icons/copy';
import QrCode from '@lucide/svelte/icons/qr-code';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Scale from '@lucide/svelte/icons/scale';
import User from '@lucide/svelte/icons/user';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { requestingDeposit } from '../deposits/requesting-deposit.svelte.ts';
import { copyText } from '../design/copy.ts';
import { userName } from '../format/user-name.ts';
import { t } from '../messages/messages.ts';
import { askingWithdrawal } from '../withdrawals/asking-withdrawal.svelte.ts';
import { type Adjustable, adjusting } from './adjusting.svelte.ts';

/** What can be done with a user, the same on their page, in their row's menu and in the palette. */
export function userActions(user: Adjustable): Action[] {
  return [
    { id: 'open', label: userName(user), icon: User, href: `/users/${user.id}` },
    {
      id: 'orders',
      label: t.users.allOrders,
      icon: ReceiptText,
      href: `/orders?user=${user.id}`,
    },
    {
      id: 'copy',
      label: t.common.copyThing(t.common.id),
      icon: Copy,
      run: () => void copyText(user.telegramId ?? user.externalId ?? user.id),
    },
    {
      id: 'adjust',
      label: t.users.adjust,
      icon: Scale,
      ...(!may('adjustBalance') && { blocked: t.access.notAllowed }),
      run: () => adjusting.begin(user),
    },
    {
      id: 'requestDeposit',
      label: t.deposits.ask.verb,
      icon: QrCode,
      ...(!may('requestDeposit') && { blocked: t.access.notAllowed }),
      run: () => requestingDeposit.begin(user),
    },
    {
      id: 'withdraw',
      label: t.withdrawals.ask.verb,
      icon: BanknoteArrowUp,
      ...(!may('withdraw') && { blocked: t.access.notAllowed }),
      run: () => askingWithdrawal.begin(user),
    },
  ];
}
