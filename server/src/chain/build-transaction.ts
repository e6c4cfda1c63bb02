import { assert, present, unreachable } from '../kernel/assert.ts';
import { CONTRACT_TYPE_NUMBERS, type StakedResource } from './contract.ts';
import { decodeContract, encodeContract, type KnownContract } from './contract-codec.ts';
import { BadMessage } from './protobuf-message.ts';
import { decodeRawBytes, encodeRawData, txidOf } from './raw-data.ts';
import { decodeTokenCall, encodeTokenCall } from './token-call.ts';
import type {
  BuiltTransaction,
  ChainEffect,
  RefBlock,
  Resource,
  TransactionFrame,
} from './transaction.ts';

const BLOCK_ID = /^[0-9a-f]{64}$/;

/** TAPOS names a block by two bytes of its number. */
const REF_BLOCK_MODULUS = 65_536;

/** getMaxFeeLimit of the main network: 15,000 TRX. */
const MAX_FEE_LIMIT_SUN = 15_000_000_000n;

/**
 * The unsigned transaction for an effect: no network, same input → same bytes → same txid.
 * @throws AssertionFailed when a value is out of range; nothing that callers typed gets here unread
 */
export function buildTransaction(effect: ChainEffect, frame: TransactionFrame): BuiltTransaction {
  assert(BLOCK_ID.test(frame.refBlock.id), 'the reference block has an id');
  assert(
    Number.isSafeInteger(frame.expirationMs) && frame.expirationMs > 0,
    'the expiration is a time in milliseconds',
  );
  assert(
    Number.isSafeInteger(frame.timestampMs) && frame.timestampMs > 0,
    'the timestamp is a time in milliseconds',
  );
  assert(
    Number.isSafeInteger(frame.permissionId) && frame.permissionId >= 0,
    'the permission is an id',
  );
  if ('amountSun' in effect) {
    assert(effect.amountSun > 0n && effect.amountSun < 2n ** 63n, 'the amount is positive');
  }
  if (effect.kind === 'tokenTransfer') {
    assert(effect.amount > 0n && effect.amount < 2n ** 63n, 'the amount is positive');
    assert(
      effect.feeLimitSun > 0n && effect.feeLimitSun <= MAX_FEE_LIMIT_SUN,
      'the fee limit is one that the chain takes',
    );
  }
  const contract = contractOf(effect);
  const bytes = encodeRawData(
    {
      ...refBlockFields(frame.refBlock),
      expirationMs: frame.expirationMs,
      timestampMs: frame.timestampMs,
      feeLimitSun: effect.kind === 'tokenTransfer' ? effect.feeLimitSun : 0n,
      memo: Buffer.alloc(0),
      type: contract.kind,
      parameter: encodeContract(contract),
      permissionId: frame.permissionId,
    },
    present(CONTRACT_TYPE_NUMBERS.get(contract.kind), 'contract type'),
  );
  return { txid: txidOf(bytes), rawDataHex: bytes.toString('hex') };
}

/** What raw data means, for checks before and after signing. */
export interface DecodedTransaction {
  readonly txid: string;
  readonly effect: ChainEffect;
  readonly refBlockBytes: string;
  readonly refBlockHash: string;
  readonly expirationMs: number;
  readonly timestampMs: number;
  readonly permissionId: number;
}

/**
 * Reads raw data back. It answers only for bytes that {@link buildTransaction} would have written
 * for this effect and frame: a lock, a memo, a fee limit where none belongs, TRX sent along, a call
 * of anything but a token's transfer, or an unknown field is refused.
 * @throws BadMessage otherwise
 */
export function decodeRawData(rawDataHex: string): DecodedTransaction {
  const bytes = Buffer.from(rawDataHex, 'hex');
  const raw = decodeRawBytes(bytes);
  const contract = decodeContract(raw.type, raw.parameter);
  if (contract.kind === 'OTHER') throw new BadMessage(`the desk makes no ${raw.type}`);
  const effect = effectOf(contract, raw.feeLimitSun);
  const feeLimitSun = effect.kind === 'tokenTransfer' ? effect.feeLimitSun : 0n;
  const again = encodeRawData(
    { ...raw, feeLimitSun, memo: Buffer.alloc(0), parameter: encodeContract(contract) },
    present(CONTRACT_TYPE_NUMBERS.get(raw.type), 'contract type'),
  );
  if (again.toString('hex') !== rawDataHex.toLowerCase()) {
    throw new BadMessage('the transaction holds more than the desk writes');
  }
  return {
    txid: txidOf(bytes),
    effect,
    refBlockBytes: raw.refBlockBytes,
    refBlockHash: raw.refBlockHash,
    expirationMs: raw.expirationMs,
    timestampMs: raw.timestampMs,
    permissionId: raw.permissionId,
  };
}

/** How a transaction names its reference block, in hexadecimal. */
export function refBlockFields(block: RefBlock): {
  readonly refBlockBytes: string;
  readonly refBlockHash: string;
} {
  return {
    refBlockBytes: (block.number % REF_BLOCK_MODULUS).toString(16).padStart(4, '0'),
    refBlockHash: block.id.slice(16, 32),
  };
}

function contractOf(effect: ChainEffect): KnownContract {
  const { owner } = effect;
  switch (effect.kind) {
    case 'delegate':
      return {
        kind: 'DelegateResourceContract',
        owner,
        receiver: effect.receiver,
        amountSun: effect.amountSun,
        resource: effect.resource,
        // A locked delegation could not be taken back before its time (tron-facts 3.1).
        lock: false,
        lockPeriod: 0n,
      };
    case 'undelegate':
      return {
        kind: 'UnDelegateResourceContract',
        owner,
        receiver: effect.receiver,
        amountSun: effect.amountSun,
        resource: effect.resource,
      };
    case 'freeze':
    case 'unfreeze':
      return {
        kind: effect.kind === 'freeze' ? 'FreezeBalanceV2Contract' : 'UnfreezeBalanceV2Contract',
        owner,
        amountSun: effect.amountSun,
        resource: effect.resource,
      };
    case 'cancelUnfreeze':
      return { kind: 'CancelAllUnfreezeV2Contract', owner };
    case 'withdrawExpired':
      return { kind: 'WithdrawExpireUnfreezeContract', owner };
    case 'claimRewards':
      return { kind: 'WithdrawBalanceContract', owner };
    case 'vote':
      return { kind: 'VoteWitnessContract', owner, votes: effect.votes };
    case 'transfer':
      return { kind: 'TransferContract', owner, to: effect.to, amountSun: effect.amountSun };
    case 'tokenTransfer':
      return {
        kind: 'TriggerSmartContract',
        owner,
        contract: effect.contract,
        callValueSun: 0n,
        dataHex: encodeTokenCall(effect),
      };
    case 'setPermissions':
      return {
        kind: 'AccountPermissionUpdateContract',
        owner,
        ownerPermission: effect.ownerPermission,
        witnessPermission: null,
        actives: effect.actives,
      };
    default:
      return unreachable(effect);
  }
}

function effectOf(contract: KnownContract, feeLimitSun: bigint): ChainEffect {
  const { owner } = contract;
  switch (contract.kind) {
    case 'DelegateResourceContract':
    case 'UnDelegateResourceContract': {
      if ('lock' in contract && (contract.lock || contract.lockPeriod !== 0n)) {
        throw new BadMessage('the desk makes no locked delegation');
      }
      return {
        kind: contract.kind === 'DelegateResourceContract' ? 'delegate' : 'undelegate',
        owner,
        receiver: contract.receiver,
        amountSun: contract.amountSun,
        resource: sold(contract.resource),
      };
    }
    case 'FreezeBalanceV2Contract':
    case 'UnfreezeBalanceV2Contract':
      return {
        kind: contract.kind === 'FreezeBalanceV2Contract' ? 'freeze' : 'unfreeze',
        owner,
        amountSun: contract.amountSun,
        resource: sold(contract.resource),
      };
    case 'CancelAllUnfreezeV2Contract':
      return { kind: 'cancelUnfreeze', owner };
    case 'WithdrawExpireUnfreezeContract':
      return { kind: 'withdrawExpired', owner };
    case 'WithdrawBalanceContract':
      return { kind: 'claimRewards', owner };
    case 'VoteWitnessContract':
      return { kind: 'vote', owner, votes: contract.votes };
    case 'TransferContract':
      return { kind: 'transfer', owner, to: contract.to, amountSun: contract.amountSun };
    case 'TriggerSmartContract': {
      const call = decodeTokenCall(contract.dataHex);
      if (call === null || contract.callValueSun !== 0n) {
        throw new BadMessage('the desk calls a contract for a transfer of tokens alone');
      }
      if (call.amount <= 0n || call.amount >= 2n ** 63n) throw new BadMessage('no such amount');
      if (feeLimitSun <= 0n) throw new BadMessage('the desk calls no contract without a fee limit');
      return { kind: 'tokenTransfer', owner, contract: contract.contract, ...call, feeLimitSun };
    }
    case 'AccountPermissionUpdateContract': {
      if (contract.witnessPermission !== null) throw new BadMessage('the desk runs no witness');
      const { ownerPermission, actives } = contract;
      return { kind: 'setPermissions', owner, ownerPermission, actives };
    }
    default:
      return unreachable(contract);
  }
}

function sold(resource: StakedResource): Resource {
  if (resource === 'TRON_POWER') throw new BadMessage('the desk stakes for no TRON power alone');
  return resource;
}
