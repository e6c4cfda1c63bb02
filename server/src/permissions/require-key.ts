import type { EntityManager } from '../database/database.ts';
import { IllegalState } from '../kernel/domain-error.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import { usableUnder } from './key-powers.ts';
import { permissionsOfWallets } from './wallet-permissions.ts';

const CONTRACTS = {
  delegate: 'DelegateResourceContract',
  undelegate: 'UnDelegateResourceContract',
  freeze: 'FreezeBalanceV2Contract',
  unfreeze: 'UnfreezeBalanceV2Contract',
  cancelUnfreeze: 'CancelAllUnfreezeV2Contract',
  withdrawExpired: 'WithdrawExpireUnfreezeContract',
  claimRewards: 'WithdrawBalanceContract',
  vote: 'VoteWitnessContract',
  transfer: 'TransferContract',
  tokenTransfer: 'TriggerSmartContract',
  setPermissions: 'AccountPermissionUpdateContract',
} as const satisfies Record<ChainEffect['kind'], string>;

/**
 * Refuses what the chain would refuse: an effect that the desk's key of the wallet may not sign under
 * the permission that it signs with, as last seen. A wallet that nobody has looked at yet passes.
 * @throws IllegalState
 */
export async function requireKey(
  em: EntityManager,
  walletId: string,
  kind: ChainEffect['kind'],
): Promise<void> {
  const row = (await permissionsOfWallets(em, [walletId])).get(walletId);
  if (!row || row.signer === null) return;
  const contract = CONTRACTS[kind];
  if (usableUnder(row.permissions, row.signer, row.permissionId).includes(contract)) return;
  throw new IllegalState(
    `The desk’s key of this wallet may not sign a ${contract}: under permission ${row.permissionId} it is confined to less. Whoever owns the account has to do that.`,
    { field: 'input.walletId', details: { contract, permissionId: row.permissionId } },
  );
}
