import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import BanknoteArrowUp from '@lucide/svelte/icons/banknote-arrow-up';
import BookOpenCheck from '@lucide/svelte/icons/book-open-check';
import Fuel from '@lucide/svelte/icons/fuel';
import Gauge from '@lucide/svelte/icons/gauge';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import Inbox from '@lucide/svelte/icons/inbox';
import Layers from '@lucide/svelte/icons/layers';
import Combine from '@lucide/svelte/icons/combine';
import EqualNot from '@lucide/svelte/icons/equal-not';
import Link from '@lucide/svelte/icons/link';
import KeyRound from '@lucide/svelte/icons/key-round';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Server from '@lucide/svelte/icons/server';
import Settings from '@lucide/svelte/icons/settings';
import ShieldHalf from '@lucide/svelte/icons/shield-half';
import Users from '@lucide/svelte/icons/users';
import Wallet from '@lucide/svelte/icons/wallet';
import { may, type Permission } from '../access/permissions.ts';
import type { Icon } from '../design/icon.ts';
import type { Messages } from '../messages/zh/zh.ts';
import { standing } from '../safety/standing.svelte.ts';

/** A room of the console: its place in the rail, and the key that goes there after `g`. */
export type Room = {
  name: keyof Messages['frame']['rooms'];
  href: string;
  icon: Icon;
  key: string;
  /** Stands in the bar at the foot of a phone, which has four places. */
  first?: boolean;
  /** How many things wait for a person there; '' when none. */
  waiting?: () => string;
  /** Without it the room is not shown. */
  needs?: Permission;
};

const all: readonly Room[] = [
  { name: 'dashboard', href: '/', icon: Gauge, key: 'd', first: true },
  { name: 'orders', href: '/orders', icon: ReceiptText, key: 'o', first: true },
  { name: 'wallets', href: '/wallets', icon: Wallet, key: 'w', first: true },
  { name: 'staking', href: '/staking', icon: Layers, key: 't', needs: 'seePool' },
  { name: 'operations', href: '/operations', icon: Link, key: 'c', needs: 'seePool' },
  { name: 'upkeep', href: '/upkeep', icon: Fuel, key: 'p', needs: 'seePool' },
  { name: 'safety', href: '/safety', icon: ShieldHalf, key: 'f', needs: 'seePool' },
  {
    name: 'differences',
    href: '/differences',
    icon: EqualNot,
    key: 'e',
    needs: 'seePool',
    waiting: () => standing.openDifferences,
  },
  { name: 'nodes', href: '/nodes', icon: Server, key: 'n' },
  { name: 'users', href: '/users', icon: Users, key: 'u', first: true },
  { name: 'deposits', href: '/deposits', icon: HandCoins, key: 'i', needs: 'seeMoney' },
  {
    name: 'unclaimed',
    href: '/unclaimed',
    icon: Inbox,
    key: 'k',
    needs: 'seeMoney',
    waiting: () => standing.unclaimedDeposits,
  },
  {
    name: 'withdrawals',
    href: '/withdrawals',
    icon: BanknoteArrowUp,
    key: 'x',
    needs: 'seeMoney',
    waiting: () => standing.waitingWithdrawals,
  },
  { name: 'sweeps', href: '/sweeps', icon: Combine, key: 'y', needs: 'seeMoney' },
  { name: 'rates', href: '/rates', icon: ArrowLeftRight, key: 'r', needs: 'seeMoney' },
  { name: 'ledger', href: '/ledger', icon: BookOpenCheck, key: 'l', needs: 'readLedger' },
  { name: 'access', href: '/access', icon: KeyRound, key: 'a', needs: 'keepAccess' },
  { name: 'settings', href: '/settings', icon: Settings, key: 's' },
];

/** The rooms that the signed-in person may enter. */
export function openRooms(): Room[] {
  return all.filter((room) => room.needs === undefined || may(room.needs));
}

/** Whether a path is inside a room. */
export function isInRoom(path: string, room: Room): boolean {
  return room.href === '/' ? path === '/' : path === room.href || path.startsWith(`${room.href}/`);
}
