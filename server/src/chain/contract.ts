import type { Address } from './address.ts';
import type { ActivePermission, Permission, Vote } from './transaction.ts';

/** The contract types of Tron.proto, by number. */
export const CONTRACT_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'AccountCreateContract'],
  [1, 'TransferContract'],
  [2, 'TransferAssetContract'],
  [3, 'VoteAssetContract'],
  [4, 'VoteWitnessContract'],
  [5, 'WitnessCreateContract'],
  [6, 'AssetIssueContract'],
  [8, 'WitnessUpdateContract'],
  [9, 'ParticipateAssetIssueContract'],
  [10, 'AccountUpdateContract'],
  [11, 'FreezeBalanceContract'],
  [12, 'UnfreezeBalanceContract'],
  [13, 'WithdrawBalanceContract'],
  [14, 'UnfreezeAssetContract'],
  [15, 'UpdateAssetContract'],
  [16, 'ProposalCreateContract'],
  [17, 'ProposalApproveContract'],
  [18, 'ProposalDeleteContract'],
  [19, 'SetAccountIdContract'],
  [20, 'CustomContract'],
  [30, 'CreateSmartContract'],
  [31, 'TriggerSmartContract'],
  [32, 'GetContract'],
  [33, 'UpdateSettingContract'],
  [41, 'ExchangeCreateContract'],
  [42, 'ExchangeInjectContract'],
  [43, 'ExchangeWithdrawContract'],
  [44, 'ExchangeTransactionContract'],
  [45, 'UpdateEnergyLimitContract'],
  [46, 'AccountPermissionUpdateContract'],
  [48, 'ClearABIContract'],
  [49, 'UpdateBrokerageContract'],
  [51, 'ShieldedTransferContract'],
  [52, 'MarketSellAssetContract'],
  [53, 'MarketCancelOrderContract'],
  [54, 'FreezeBalanceV2Contract'],
  [55, 'UnfreezeBalanceV2Contract'],
  [56, 'WithdrawExpireUnfreezeContract'],
  [57, 'DelegateResourceContract'],
  [58, 'UnDelegateResourceContract'],
  [59, 'CancelAllUnfreezeV2Contract'],
]);

/** The numbers of the contract types, by name. */
export const CONTRACT_TYPE_NUMBERS: ReadonlyMap<string, number> = new Map(
  [...CONTRACT_TYPES].map(([number, name]) => [name, number]),
);

export type StakedResource = 'BANDWIDTH' | 'ENERGY' | 'TRON_POWER';

/** A contract as it stands in a transaction, for the types that the desk reads; amounts in sun. */
export type Contract =
  | {
      readonly kind: 'DelegateResourceContract';
      readonly owner: Address;
      readonly receiver: Address;
      readonly amountSun: bigint;
      readonly resource: StakedResource;
      readonly lock: boolean;
      /** Blocks of 3 s; 0 with `lock` means 86,400. */
      readonly lockPeriod: bigint;
    }
  | {
      readonly kind: 'UnDelegateResourceContract';
      readonly owner: Address;
      readonly receiver: Address;
      readonly amountSun: bigint;
      readonly resource: StakedResource;
    }
  | {
      readonly kind: 'FreezeBalanceV2Contract' | 'UnfreezeBalanceV2Contract';
      readonly owner: Address;
      readonly amountSun: bigint;
      readonly resource: StakedResource;
    }
  | {
      readonly kind:
        | 'CancelAllUnfreezeV2Contract'
        | 'WithdrawExpireUnfreezeContract'
        | 'WithdrawBalanceContract';
      readonly owner: Address;
    }
  | {
      readonly kind: 'VoteWitnessContract';
      readonly owner: Address;
      readonly votes: readonly Vote[];
    }
  | {
      readonly kind: 'TransferContract';
      readonly owner: Address;
      readonly to: Address;
      readonly amountSun: bigint;
    }
  | {
      readonly kind: 'TriggerSmartContract';
      readonly owner: Address;
      readonly contract: Address;
      readonly callValueSun: bigint;
      readonly dataHex: string;
    }
  | {
      readonly kind: 'AccountPermissionUpdateContract';
      readonly owner: Address;
      readonly ownerPermission: Permission;
      readonly witnessPermission: Permission | null;
      readonly actives: readonly ActivePermission[];
    }
  | {
      readonly kind: 'OTHER';
      readonly type: string;
      readonly owner: Address | null;
      readonly parameterHex: string;
    };
