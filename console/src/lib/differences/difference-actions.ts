import Copy from '@lucide/svelte/icons/copy';
import EqualNot from '@lucide/svelte/icons/equal-not';
import MessageSquareText from '@lucide/svelte/icons/message-square-text';
import Undo2 from '@lucide/svelte/icons/undo-2';
import Wallet from '@lucide/svelte/icons/wallet';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import type { DifferenceRowFragment } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { reclaimableSun } from './figures.ts';
import { settlingDifference } from './settling-difference.svelte.ts';

/** Why a difference cannot be explained, as far as it is known here; undefined when it may be. */
export function notExplainable({ state }: DifferenceRowFragment): string | undefined {
  if (state === 'GONE') return t.differences.explain.gone;
  return may('explainDifference') ? undefined : t.access.notAllowed;
}

/** Why nothing can be taken back, as far as it is known here; undefined when it may be. */
export function notReclaimable(difference: DifferenceRowFragment): string | undefined {
  if (difference.kind !== 'ORPHAN_DELEGATION') return t.differences.reclaim.onlyOrphan;
  if (difference.state === 'GONE' || reclaimableSun(difference) === 0n) {
    return t.differences.reclaim.nothing;
  }
  return may('reclaimOrphan') ? undefined : t.access.notAllowed;
}

/** What can be done with a difference, the same on its page and in its row's menu. */
export function differenceActions(difference: DifferenceRowFragment): Action[] {
  const [explain, reclaim] = [notExplainable(difference), notReclaimable(difference)];
  return [
    {
      id: 'open',
      label: t.differences.open,
      icon: EqualNot,
      href: `/differences/${difference.id}`,
    },
    {
      id: 'wallet',
      label: t.differences.openWallet,
      icon: Wallet,
      href: `/wallets/${difference.wallet.id}`,
    },
    {
      id: 'copy',
      label: t.differences.copyId,
      icon: Copy,
      run: () => void copyText(difference.id),
    },
    {
      id: 'explain',
      label: t.differences.explain.verb,
      icon: MessageSquareText,
      ...(explain !== undefined && { blocked: explain }),
      run: () => settlingDifference.begin('explain', difference),
    },
    ...(difference.kind === 'ORPHAN_DELEGATION'
      ? [
          {
            id: 'reclaim',
            label: t.differences.reclaim.verb,
            icon: Undo2,
            danger: true,
            ...(reclaim !== undefined && { blocked: reclaim }),
            run: () => settlingDifference.begin('reclaim', difference),
          },
        ]
      : []),
  ];
}
