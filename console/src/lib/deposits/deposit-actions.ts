import Archive from '@lucide/svelte/icons/archive';
import Copy from '@lucide/svelte/icons/copy';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import Split from '@lucide/svelte/icons/split';
import Undo2 from '@lucide/svelte/icons/undo-2';
import User from '@lucide/svelte/icons/user';
import UserCheck from '@lucide/svelte/icons/user-check';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import type { Icon } from '../design/icon.ts';
import type { DepositRowFragment, UnclaimedRowFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { decidingDeposit, type DepositStep } from './deciding-deposit.svelte.ts';

/** Why nothing can be decided so, as far as it is known here; undefined when it may be. */
export function notDecidable(
  { state, money }: Pick<DepositRowFragment, 'state' | 'money'>,
  step: DepositStep,
): string | undefined {
  if (state !== 'UNCLAIMED') return t.deposits.notUnclaimed;
  if (money === null && step !== 'writeOff') return t.deposits.onlyWriteOff;
  return may('decideDeposit') ? undefined : t.access.notAllowed;
}

/** What can be done with any deposit, the same on its page and in its row's menu. */
export function depositActions(deposit: DepositRowFragment): Action[] {
  return [
    { id: 'open', label: t.deposits.open, icon: HandCoins, href: `/deposits/${deposit.id}` },
    ...(deposit.user === null
      ? []
      : [
          {
            id: 'user',
            label: t.deposits.openUser,
            icon: User,
            href: `/users/${deposit.user.id}`,
          },
        ]),
    {
      id: 'copy',
      label: t.deposits.copyTxid,
      icon: Copy,
      run: () => void copyText(deposit.txid),
    },
  ];
}

/** What a person may decide about a deposit of the desk, beside what can be done with any. */
export function deskActions(deposit: UnclaimedRowFragment): Action[] {
  return [
    ...depositActions(deposit),
    decide(deposit, 'assign', UserCheck),
    decide(deposit, 'split', Split),
    decide(deposit, 'return', Undo2),
    decide(deposit, 'writeOff', Archive),
  ];
}

function decide(deposit: UnclaimedRowFragment, step: DepositStep, icon: Icon): Action {
  const blocked = notDecidable(deposit, step);
  return {
    id: step,
    label: t.deposits[step].verb,
    icon,
    danger: step === 'return' || step === 'writeOff',
    ...(blocked !== undefined && { blocked }),
    run: () => decidingDeposit.begin(step, deposit),
  };
}
