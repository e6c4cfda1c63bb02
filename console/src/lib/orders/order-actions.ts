import Ban from '@lucide/svelte/icons/ban';
import Copy from '@lucide/svelte/icons/copy';
import MapPin from '@lucide/svelte/icons/map-pin';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import User from '@lucide/svelte/icons/user';
import { may } from '../access/permissions.ts';
import type { Action } from '../design/action.ts';
import { copyText } from '../design/copy.ts';
import { t } from '../messages/messages.ts';
import { cancelling, type Cancellable } from './cancelling.svelte.ts';

type Subject = Cancellable & { receiver: string; cancellable: boolean; user: { id: string } };

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
    {
      id: 'cancel',
      label: t.orders.cancel,
      icon: Ban,
      danger: true,
      ...(!order.cancellable
        ? { blocked: t.orders.cannotCancel }
        : !may('cancelOrder') && { blocked: t.access.notAllowed }),
      run: () => cancelling.begin(order),
    },
  ];
}
