import { access } from './access.ts';
import { errors } from './errors.ts';
import { actors, common, dashboard, frame, stock, units } from './frame.ts';
import { ledger, users } from './money.ts';
import { orders } from './orders.ts';
import { wallets } from './wallets.ts';

export const zh = {
  access,
  actors,
  common,
  dashboard,
  errors,
  frame,
  ledger,
  orders,
  stock,
  units,
  users,
  wallets,
};

/** The shape every language has: Chinese is written first. */
export type Messages = typeof zh;
