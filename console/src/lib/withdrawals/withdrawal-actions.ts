import BanknoteArrowUp from '@lucide/svelte/icons/banknote-arrow-up';
import Ban from '@lucide/svelte/icons/ban';
import Check from '@lucide/svelte/icons/check';
import Copy from '@lucide/svelte/icons/copy';
import User from '@lucide/svelte/icons/user';
import { may } from '../access/permissions.ts';
import { session } from '../access/session.svelte.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import type { WithdrawalRowFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { decidingWithdrawal } from './deciding-withdrawal.svelte.ts';

/** Why it cannot be approved, as far as it is known here; undefined when it may be. */
export function notApprovable({ state, requestedBy }: WithdrawalRowFragment): string | undefined {
  if (state !== 'WAITING') return t.withdrawals.approve.notWaiting;
  if (requestedBy.kind === 'OPERATOR' && requestedBy.id === session.operator?.id) {
    return t.withdrawals.approve.own;
  }
  return may('approveWithdrawal') ? undefined : t.access.notAllowed;
}

/** Why it cannot be rejected, as far as it is known here; undefined when it may be. */
export function notRejectable({ state }: WithdrawalRowFragment): string | undefined {
  if (state !== 'REQUESTED' && state !== 'WAITING' && state !== 'APPROVED') {
    return t.withdrawals.reject.tooLate;
  }
  return may('approveWithdrawal') ? undefined : t.access.notAllowed;
}

/** What can be done with a withdrawal, the same on its page and in its row's menu. */
export function withdrawalActions(withdrawal: WithdrawalRowFragment): Action[] {
  const [approve, reject] = [notApprovable(withdrawal), notRejectable(withdrawal)];
  return [
    {
      id: 'open',
      label: t.withdrawals.open,
      icon: BanknoteArrowUp,
      href: `/withdrawals/${withdrawal.id}`,
    },
    ...(withdrawal.user === null
      ? []
      : [
          {
            id: 'user',
            label: t.withdrawals.openUser,
            icon: User,
            href: `/users/${withdrawal.user.id}`,
          },
        ]),
    {
      id: 'copy',
      label: t.withdrawals.copyAddress,
      icon: Copy,
      run: () => void copyText(withdrawal.address),
    },
    {
      id: 'approve',
      label: t.withdrawals.approve.verb,
      icon: Check,
      ...(approve !== undefined && { blocked: approve }),
      run: () => decidingWithdrawal.begin('approve', withdrawal),
    },
    {
      id: 'reject',
      label: t.withdrawals.reject.verb,
      icon: Ban,
      danger: true,
      ...(reject !== undefined && { blocked: reject }),
      run: () => decidingWithdrawal.begin('reject', withdrawal),
    },
  ];
}
