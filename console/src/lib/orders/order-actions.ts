import Ban from '@lucide/svelte/icons/ban';
import Copy from '@lucide/svelte/icons/copy';
import MapPin from '@lucide/svelte/icons/map-pin';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Undo2 from '@lucide/svelte/icons/undo-2';
import User from '@lucide/svelte/icons/user';
import { may, type Permission } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import type { Icon } from '../design/icon.ts';
import type { OrderState } from '../graphql/generated/graphql.ts';
import { t } from '../messages/messages.ts';
import { deciding, type Decidable, type Decision } from './deciding.svelte.ts';

type Subject = Decidable & {
  receiver: string;
  state: OrderState;
  cancellable: boolean;
  user: { id: string };
};

/** What can be done with an order, the same on its page, in its row's menu and in the palette. */
export function orderActions(order: Subject): Action[] {
  return [
    {
      id: 'open',
      label: t.orders.open,
      icon: ReceiptText,
      href: `/orders/${order.id}`,
    },
    { id: 'user', label: t.orders.openUser, icon: User, href: `/users/${order.user.id}` },
    {
      id: 'copy-number',
      label: t.orders.copyNumber,
      icon: Copy,
      run: () => void copyText(order.number),
    },
    {
      id: 'copy-receiver',
      label: t.orders.copyReceiver,
      icon: MapPin,
      run: () => void copyText(order.receiver),
    },
    decide(order, 'cancel', { icon: Ban, needs: 'cancelOrder', possible: order.cancellable }),
    decide(order, 'retry', { icon: RotateCcw, needs: 'retryOrder', possible: hasFailed(order) }),
    decide(order, 'refund', { icon: Undo2, needs: 'refundOrder', possible: hasFailed(order) }),
  ];
}

function hasFailed({ state }: Subject): boolean {
  return state === 'FAILED';
}

function decide(
  order: Subject,
  decision: Decision,
  { icon, needs, possible }: { icon: Icon; needs: Permission; possible: boolean },
): Action {
  const words = t.orders.decisions[decision];
  return {
    id: decision,
    label: words.verb,
    icon,
    danger: decision !== 'retry',
    ...(!possible
      ? { blocked: words.impossible }
      : !may(needs) && { blocked: t.access.notAllowed }),
    run: () => deciding.begin(decision, order),
  };
}
