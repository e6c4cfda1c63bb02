import { enumeration } from '../graphql/enumeration.ts';
import type { Role } from './roles.ts';

export const RoleEnum = enumeration<Role>('Role', 'What an operator or API client may do.', {
  ADMIN: 'Everything, operators and API keys included.',
  OPERATOR: 'Runs the desk: orders, users, wallets and their states.',
  FINANCE: 'Corrects balances; reads ledger and finance.',
  SUPPORT: 'Reads everything that users ask about; cancels orders.',
  ANALYST: 'Reads everything, changes nothing.',
  BOT: 'Places and cancels orders for its own users; sees only its own.',
});
