import Ban from '@lucide/svelte/icons/ban';
import Copy from '@lucide/svelte/icons/copy';
import Link from '@lucide/svelte/icons/link';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Wallet from '@lucide/svelte/icons/wallet';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import type { OperationRowFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { callingBack } from './calling-back.svelte.ts';

/** Why an operation cannot be called back, as far as it is known here; undefined when it may be. */
export function notCallable({
  state,
  purpose,
  attempts,
}: OperationRowFragment): string | undefined {
  if (purpose === 'DELIVER' || purpose === 'RECLAIM') return t.operations.cancel.ofOrder;
  const left = attempts.some(({ state }) => state === 'SENDING' || state === 'INCLUDED');
  const open = state === 'INTENDED' || state === 'ATTEMPTING';
  if (!open || left) return t.operations.cancel.tooLate;
  return may('runPool') ? undefined : t.access.notAllowed;
}

/** What can be done with an operation, the same on its page and in its row's menu. */
export function operationActions(operation: OperationRowFragment): Action[] {
  const blocked = notCallable(operation);
  return [
    { id: 'open', label: t.operations.open, icon: Link, href: `/operations/${operation.id}` },
    ...(operation.wallet === null
      ? []
      : [
          {
            id: 'wallet',
            label: t.operations.openWallet,
            icon: Wallet,
            href: `/wallets/${operation.wallet.id}`,
          },
        ]),
    ...(operation.order === null
      ? []
      : [
          {
            id: 'order',
            label: t.operations.openOrder,
            icon: ReceiptText,
            href: `/orders/${operation.order.id}`,
          },
        ]),
    {
      id: 'copy',
      label: t.operations.copyId,
      icon: Copy,
      run: () => void copyText(operation.id),
    },
    {
      id: 'cancel',
      label: t.operations.cancel.verb,
      icon: Ban,
      danger: true,
      ...(blocked !== undefined && { blocked }),
      run: () => callingBack.begin(operation),
    },
  ];
}
