import { access } from './access.ts';
import { deposits } from './deposits.ts';
import { differences } from './differences.ts';
import { errors } from './errors.ts';
import { actors, common, dashboard, frame, stock, units } from './frame.ts';
import { ledger } from './money.ts';
import { nodes } from './nodes.ts';
import { operations } from './operations.ts';
import { orders } from './orders.ts';
import { allocation, forecast, permissions } from './pool.ts';
import { rates } from './rates.ts';
import { safety, signing } from './safety.ts';
import { staking } from './staking.ts';
import { sweeps } from './sweeps.ts';
import { upkeep } from './upkeep.ts';
import { users } from './users.ts';
import { wallets } from './wallets.ts';
import { withdrawals } from './withdrawals.ts';

export const zh = {
  access,
  actors,
  allocation,
  common,
  dashboard,
  deposits,
  differences,
  errors,
  forecast,
  frame,
  ledger,
  nodes,
  operations,
  orders,
  permissions,
  rates,
  safety,
  signing,
  staking,
  stock,
  sweeps,
  units,
  upkeep,
  users,
  wallets,
  withdrawals,
};

/** The shape every language has: Chinese is written first. */
export type Messages = typeof zh;
