import type { Messages } from '../zh/zh.ts';
import { access } from './access.ts';
import { differences } from './differences.ts';
import { errors } from './errors.ts';
import { actors, common, dashboard, frame, stock, units } from './frame.ts';
import { ledger, users } from './money.ts';
import { nodes } from './nodes.ts';
import { operations } from './operations.ts';
import { orders } from './orders.ts';
import { allocation, forecast, permissions } from './pool.ts';
import { safety, signing } from './safety.ts';
import { staking } from './staking.ts';
import { upkeep } from './upkeep.ts';
import { wallets } from './wallets.ts';

export const en: Messages = {
  access,
  actors,
  allocation,
  common,
  dashboard,
  differences,
  errors,
  forecast,
  frame,
  ledger,
  nodes,
  operations,
  orders,
  permissions,
  safety,
  signing,
  staking,
  stock,
  units,
  upkeep,
  users,
  wallets,
};
