import {
  address,
  bool,
  bytes,
  enumeration,
  int32,
  int64,
  message,
  nested,
  repeated,
  text,
} from './schema.ts';
import type { MessageOf, Schema } from './schema.ts';

/** ResourceCode of the protocol. */
const resourceNames = { 0: 'BANDWIDTH', 1: 'ENERGY', 2: 'TRON_POWER' } as const;

const permissionTypes = { 0: 'Owner', 1: 'Witness', 2: 'Active' } as const;

/** A signer of a permission. */
const permissionKey = message('Key', { address: address(1), weight: int64(2) });

/** Owner, witness or active permission; `operations` is a bitmap over contract types. */
export const permission = message('Permission', {
  type: enumeration(1, permissionTypes),
  id: int32(2),
  permission_name: text(3),
  threshold: int64(4),
  parent_id: int32(5),
  operations: bytes(6),
  keys: repeated(nested(7, permissionKey)),
});
export type Permission = MessageOf<typeof permission>;

const voteEntry = message('Vote', { vote_address: address(1), vote_count: int64(2) });
export type VoteEntry = MessageOf<typeof voteEntry>;

const owner = { owner_address: address(1) };
const resource = (tag: number) => enumeration(tag, resourceNames);

/** Every contract type this network executes, with its number in the protocol. */
export const contracts = {
  AccountCreateContract: {
    type: 0,
    schema: message('AccountCreateContract', {
      ...owner,
      account_address: address(2),
      type: enumeration(3, { 0: 'Normal', 1: 'AssetIssue', 2: 'Contract' }),
    }),
  },
  TransferContract: {
    type: 1,
    schema: message('TransferContract', { ...owner, to_address: address(2), amount: int64(3) }),
  },
  VoteWitnessContract: {
    type: 4,
    schema: message('VoteWitnessContract', {
      ...owner,
      votes: repeated(nested(2, voteEntry)),
      support: bool(3),
    }),
  },
  WithdrawBalanceContract: { type: 13, schema: message('WithdrawBalanceContract', owner) },
  TriggerSmartContract: {
    type: 31,
    schema: message('TriggerSmartContract', {
      ...owner,
      contract_address: address(2),
      call_value: int64(3),
      data: bytes(4),
      call_token_value: int64(5),
      token_id: int64(6),
    }),
  },
  AccountPermissionUpdateContract: {
    type: 46,
    schema: message('AccountPermissionUpdateContract', {
      ...owner,
      owner: nested(2, permission),
      witness: nested(3, permission),
      actives: repeated(nested(4, permission)),
    }),
  },
  FreezeBalanceV2Contract: {
    type: 54,
    schema: message('FreezeBalanceV2Contract', {
      ...owner,
      frozen_balance: int64(2),
      resource: resource(3),
    }),
  },
  UnfreezeBalanceV2Contract: {
    type: 55,
    schema: message('UnfreezeBalanceV2Contract', {
      ...owner,
      unfreeze_balance: int64(2),
      resource: resource(3),
    }),
  },
  WithdrawExpireUnfreezeContract: {
    type: 56,
    schema: message('WithdrawExpireUnfreezeContract', owner),
  },
  DelegateResourceContract: {
    type: 57,
    schema: message('DelegateResourceContract', {
      ...owner,
      resource: resource(2),
      balance: int64(3),
      receiver_address: address(4),
      lock: bool(5),
      lock_period: int64(6),
    }),
  },
  UnDelegateResourceContract: {
    type: 58,
    schema: message('UnDelegateResourceContract', {
      ...owner,
      resource: resource(2),
      balance: int64(3),
      receiver_address: address(4),
    }),
  },
  CancelAllUnfreezeV2Contract: { type: 59, schema: message('CancelAllUnfreezeV2Contract', owner) },
} as const;

export type ContractName = keyof typeof contracts;

/** The content of one contract type. */
export type ContractValue<N extends ContractName> = MessageOf<(typeof contracts)[N]['schema']>;

/** A contract with its decoded content. */
export type ContractCall = {
  [N in ContractName]: { readonly name: N; readonly value: ContractValue<N> };
}[ContractName];

const contractNames = new Map<number, ContractName>(
  Object.entries(contracts).map(([name, { type }]) => [type, name as ContractName]),
);

/** The contract's name for its protocol number, undefined when this network does not execute it. */
export function contractName(type: number): ContractName | undefined {
  return contractNames.get(type);
}

/** The schema of a contract by name, with its precise type forgotten. */
export function contractSchema(name: ContractName): Schema<{ owner_address: string }> {
  return contracts[name].schema;
}

const any = message('Any', { type_url: text(1), value: bytes(2) });

/** One contract in a transaction. */
export const contractEnvelope = message('Contract', {
  type: int32(1),
  parameter: nested(2, any),
  provider: bytes(3),
  ContractName: bytes(4),
  Permission_id: int32(5),
});

/** What is hashed and signed. */
export const rawTransaction = message('raw', {
  ref_block_bytes: bytes(1),
  ref_block_num: int64(3),
  ref_block_hash: bytes(4),
  expiration: int64(8),
  data: bytes(10),
  contract: repeated(nested(11, contractEnvelope)),
  scripts: bytes(12),
  timestamp: int64(14),
  fee_limit: int64(18),
});
export type RawTransaction = MessageOf<typeof rawTransaction>;

/** Names of contractRet (Transaction.Result.contractResult), by their numbers. */
const contractResults = {
  0: 'DEFAULT',
  1: 'SUCCESS',
  2: 'REVERT',
  3: 'BAD_JUMP_DESTINATION',
  4: 'OUT_OF_MEMORY',
  5: 'PRECOMPILED_CONTRACT',
  6: 'STACK_TOO_SMALL',
  7: 'STACK_TOO_LARGE',
  8: 'ILLEGAL_OPERATION',
  9: 'STACK_OVERFLOW',
  10: 'OUT_OF_ENERGY',
  11: 'OUT_OF_TIME',
  12: 'JVM_STACK_OVER_FLOW',
  13: 'UNKNOWN',
  14: 'TRANSFER_FAILED',
  15: 'INVALID_CODE',
} as const;

const resultNumbers = new Map<string, number>(
  Object.entries(contractResults).map(([number, name]) => [name, Number(number)]),
);

/** The number of a contractRet by its name. */
export function contractResult(name: string): number {
  return resultNumbers.get(name) ?? 13;
}

const result = message('Result', { contractRet: enumeration(3, contractResults) });

/** A transaction on the wire; `raw_data` is kept as bytes, because its hash is the txid. */
export const transactionEnvelope = message('Transaction', {
  raw_data: bytes(1),
  signature: repeated(bytes(2)),
  ret: repeated(nested(5, result)),
});

/** A block header's signed content. */
export const rawHeader = message('BlockHeaderRaw', {
  timestamp: int64(1),
  txTrieRoot: bytes(2),
  parentHash: bytes(3),
  number: int64(7),
  witness_id: int64(8),
  witness_address: address(9),
  version: int32(10),
});
