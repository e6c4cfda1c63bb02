import type { Messages } from '../zh/zh.ts';
import { access } from './access.ts';
import { errors } from './errors.ts';
import { actors, common, dashboard, frame, stock, units } from './frame.ts';
import { ledger, users } from './money.ts';
import { orders } from './orders.ts';
import { wallets } from './wallets.ts';

export const en: Messages = {
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
