import type { Role } from '../graphql/generated/graphql.ts';
import { session } from './session.svelte.ts';

/** Which roles may do what: what the server's rules say, so that nothing is offered in vain. */
const needs = {
  cancelOrder: ['OPERATOR', 'SUPPORT'],
  retryOrder: ['OPERATOR', 'SUPPORT'],
  refundOrder: ['OPERATOR', 'FINANCE'],
  registerWallet: [],
  setWalletState: ['OPERATOR'],
  seeMoney: ['OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'],
  seePool: ['OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'],
  runPool: ['OPERATOR'],
  planConfinement: ['OPERATOR'],
  readChainCosts: ['FINANCE', 'ANALYST'],
  confineWallet: [],
  setSafeMode: ['OPERATOR', 'FINANCE'],
  explainDifference: ['OPERATOR', 'FINANCE'],
  reclaimOrphan: ['OPERATOR'],
  haltSigning: ['OPERATOR'],
  resumeSigning: [],
  adjustBalance: ['FINANCE'],
  convertBalance: ['FINANCE'],
  changeUser: ['OPERATOR', 'SUPPORT'],
  judgeUser: ['OPERATOR', 'FINANCE', 'SUPPORT'],
  seeBotSession: ['OPERATOR', 'SUPPORT'],
  decideDeposit: ['OPERATOR', 'FINANCE'],
  requestDeposit: ['OPERATOR', 'FINANCE', 'SUPPORT'],
  withdraw: ['FINANCE'],
  approveWithdrawal: ['FINANCE'],
  planSweep: ['OPERATOR', 'FINANCE'],
  sweep: ['FINANCE'],
  registerSeed: [],
  readLedger: ['FINANCE', 'ANALYST'],
  readRevenue: ['FINANCE', 'ANALYST'],
  keepAccess: [],
} satisfies Record<string, Role[]>;

export type Permission = keyof typeof needs;

/** Whether the signed-in person may do it; an admin may do everything. */
export function may(what: Permission): boolean {
  return session.holds(...needs[what]);
}
