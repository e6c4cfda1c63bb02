import { z } from 'zod';
import type { Address } from '../chain/address.ts';
import { count, flag, hash64, hexAddress, hexBytes, int64 } from './node-json.ts';

const resourceReply = z.object({
  freeNetUsed: int64,
  freeNetLimit: int64,
  NetUsed: int64,
  NetLimit: int64,
  EnergyUsed: int64,
  EnergyLimit: int64,
  TotalNetLimit: int64,
  TotalNetWeight: int64,
  TotalEnergyLimit: int64,
  TotalEnergyWeight: int64,
});

/** getaccountresource: head state with the node's pending pool; weights in whole TRX. */
export interface AccountResource {
  readonly energyUsed: bigint;
  readonly energyLimit: bigint;
  readonly bandwidthUsed: bigint;
  readonly bandwidthLimit: bigint;
  readonly freeBandwidthUsed: bigint;
  readonly freeBandwidthLimit: bigint;
  readonly totalEnergyLimit: bigint;
  readonly totalEnergyWeight: bigint;
  readonly totalBandwidthLimit: bigint;
  readonly totalBandwidthWeight: bigint;
}

/** @throws ZodError */
export function readAccountResource(reply: unknown): AccountResource {
  const resource = resourceReply.parse(reply);
  return {
    energyUsed: resource.EnergyUsed,
    energyLimit: resource.EnergyLimit,
    bandwidthUsed: resource.NetUsed,
    bandwidthLimit: resource.NetLimit,
    freeBandwidthUsed: resource.freeNetUsed,
    freeBandwidthLimit: resource.freeNetLimit,
    totalEnergyLimit: resource.TotalEnergyLimit,
    totalEnergyWeight: resource.TotalEnergyWeight,
    totalBandwidthLimit: resource.TotalNetLimit,
    totalBandwidthWeight: resource.TotalNetWeight,
  };
}

const delegatedReply = z.object({
  delegatedResource: z
    .array(
      z.object({
        from: hexAddress,
        to: hexAddress,
        frozen_balance_for_energy: int64,
        frozen_balance_for_bandwidth: int64,
        expire_time_for_energy: count,
        expire_time_for_bandwidth: count,
      }),
    )
    .default([]),
});

/** Stake delegated from one account to another; unlocked and locked stake are two rows. */
export interface DelegatedRow {
  readonly from: Address;
  readonly to: Address;
  readonly energySun: bigint;
  readonly bandwidthSun: bigint;
  /** 0 where it is not locked. */
  readonly energyLockedUntilMs: number;
  readonly bandwidthLockedUntilMs: number;
}

/** @throws ZodError */
export function readDelegated(reply: unknown): DelegatedRow[] {
  return delegatedReply.parse(reply).delegatedResource.map((row) => ({
    from: row.from,
    to: row.to,
    energySun: row.frozen_balance_for_energy,
    bandwidthSun: row.frozen_balance_for_bandwidth,
    energyLockedUntilMs: row.expire_time_for_energy,
    bandwidthLockedUntilMs: row.expire_time_for_bandwidth,
  }));
}

const indexReply = z.object({
  account: hexAddress.optional(),
  fromAccounts: z.array(hexAddress).default([]),
  toAccounts: z.array(hexAddress).default([]),
});

/** Who delegates to an account, and to whom it delegates. */
export interface DelegatedIndex {
  readonly from: readonly Address[];
  readonly to: readonly Address[];
}

/** @throws ZodError */
export function readDelegatedIndex(reply: unknown): DelegatedIndex {
  const index = indexReply.parse(reply);
  return { from: index.fromAccounts, to: index.toAccounts };
}

/** @throws ZodError */
export function readMaxSize(reply: unknown): bigint {
  return z.object({ max_size: int64 }).parse(reply).max_size;
}

/** @throws ZodError */
export function readReward(reply: unknown): bigint {
  return z.object({ reward: int64 }).parse(reply).reward;
}

const constantReply = z.object({
  result: z.object({ result: flag }),
  energy_used: int64,
  constant_result: z.array(z.string()).default([]),
  transaction: z.object({ ret: z.array(z.object({ ret: z.string().optional() })).default([]) }),
});

/** What a call came to that nobody signed and no block holds. */
export interface ConstantCall {
  readonly energy: bigint;
  readonly reverted: boolean;
  /** The first word of the answer as a number; 0 where it reverted. */
  readonly amount: bigint;
}

/** @throws ZodError, or Error for an answer that is no word */
export function readConstantCall(reply: unknown): ConstantCall {
  const { energy_used: energy, constant_result: words, transaction } = constantReply.parse(reply);
  const reverted = transaction.ret.some(({ ret }) => ret === 'FAILED');
  if (reverted) return { energy, reverted, amount: 0n };
  const [word = ''] = words;
  if (!/^[0-9a-fA-F]{64}/.test(word)) throw new Error('no word');
  return { energy, reverted, amount: BigInt(`0x${word.slice(0, 64)}`) };
}

/** The committee's parameters by name (getEnergyFee, …). @throws ZodError */
export function readChainParameters(reply: unknown): ReadonlyMap<string, bigint> {
  const { chainParameter } = z
    .object({ chainParameter: z.array(z.object({ key: z.string(), value: int64 })).min(1) })
    .parse(reply);
  return new Map(chainParameter.map(({ key, value }) => [key, value]));
}

/** 20 bytes in logs, 21 with 41 in front elsewhere. */
const logAddress = z
  .string()
  .regex(/^(41)?[0-9a-fA-F]{40}$/)
  .transform((hex) => (hex.length === 40 ? `41${hex}` : hex))
  .pipe(hexAddress);

const infoReply = z.object({
  id: hash64,
  blockNumber: count,
  blockTimeStamp: count,
  fee: int64,
  result: z.string().optional(),
  receipt: z
    .object({
      result: z.string().optional(),
      energy_usage: int64,
      energy_usage_total: int64,
      energy_fee: int64,
      net_usage: int64,
      net_fee: int64,
    })
    .optional(),
  log: z
    .array(z.object({ address: logAddress, topics: z.array(hash64).default([]), data: hexBytes }))
    .default([]),
  internal_transactions: z
    .array(
      z.object({
        caller_address: hexAddress.optional(),
        transferTo_address: hexAddress.optional(),
        callValueInfo: z
          .array(z.object({ callValue: int64, tokenId: z.string().optional() }))
          .default([]),
        rejected: flag,
      }),
    )
    .default([]),
});

export interface EventLog {
  /** Place in the transaction, from 0: with the txid it names a token transfer. */
  readonly index: number;
  readonly address: Address;
  readonly topics: readonly string[];
  readonly dataHex: string;
}

/** TRX that a contract sent; only nodes with vm.saveInternalTx tell. */
export interface InternalTransfer {
  readonly from: Address;
  readonly to: Address;
  readonly amountSun: bigint;
}

/** What a transaction in a block came to. */
export interface TransactionInfo {
  readonly txid: string;
  readonly blockNumber: number;
  readonly blockTimeMs: number;
  readonly feeSun: bigint;
  /** System contracts in a block have always worked; contract calls only with result SUCCESS. */
  readonly succeeded: boolean;
  readonly energyUsed: bigint;
  readonly energyUsedOwn: bigint;
  readonly energyFeeSun: bigint;
  readonly bandwidthUsed: bigint;
  readonly bandwidthFeeSun: bigint;
  readonly logs: readonly EventLog[];
  readonly internalTransfers: readonly InternalTransfer[];
}

/** @throws ZodError */
export function readTransactionInfo(reply: unknown): TransactionInfo {
  const info = infoReply.parse(reply);
  const receipt = info.receipt;
  return {
    txid: info.id,
    blockNumber: info.blockNumber,
    blockTimeMs: info.blockTimeStamp,
    feeSun: info.fee,
    succeeded:
      info.result !== 'FAILED' && (receipt?.result === undefined || receipt.result === 'SUCCESS'),
    energyUsed: receipt?.energy_usage_total ?? 0n,
    energyUsedOwn: receipt?.energy_usage ?? 0n,
    energyFeeSun: receipt?.energy_fee ?? 0n,
    bandwidthUsed: receipt?.net_usage ?? 0n,
    bandwidthFeeSun: receipt?.net_fee ?? 0n,
    logs: info.log.map((log, index) => ({
      index,
      address: log.address,
      topics: log.topics,
      dataHex: log.data,
    })),
    internalTransfers: info.internal_transactions.flatMap((internal) => {
      const { caller_address: from, transferTo_address: to } = internal;
      if (internal.rejected || from === undefined || to === undefined) return [];
      return internal.callValueInfo
        .filter(({ callValue, tokenId }) => callValue > 0n && tokenId === undefined)
        .map(({ callValue }) => ({ from, to, amountSun: callValue }));
    }),
  };
}

/** gettransactioninfobyblocknum: a bare array; `{}` for the first block. @throws ZodError */
export function readTransactionInfos(reply: unknown): TransactionInfo[] {
  return z
    .union([z.array(z.unknown()), z.strictObject({}).transform((): unknown[] => [])])
    .parse(reply)
    .map(readTransactionInfo);
}
