import { assert, unreachable } from '../kernel/assert.ts';
import { addressFromHex, addressToBytes, type Address } from './address.ts';
import type { Contract, StakedResource } from './contract.ts';
import { BadMessage, Message, MessageWriter } from './protobuf-message.ts';
import { lastBytes } from './protobuf-scan.ts';
import type { ActivePermission, Permission, Vote } from './transaction.ts';

// Field numbers: java-tron protocol/src/main/protos/core, Tron.proto and contract/*.proto.

const RESOURCES: readonly StakedResource[] = ['BANDWIDTH', 'ENERGY', 'TRON_POWER'];
const ACTIVE = 2;
const ADDRESS_BYTES = 21;
const PREFIX = 0x41;

/** Contract types whose owner does not stand in field 1. */
const OWNER_FIELD: ReadonlyMap<string, number> = new Map([
  ['TransferAssetContract', 2],
  ['AccountUpdateContract', 2],
  ['SetAccountIdContract', 2],
]);

/** A contract that the desk can write: every known one. */
export type KnownContract = Exclude<Contract, { kind: 'OTHER' }>;

/** The contract's own protobuf bytes (the value inside Any), byte for byte as the chain writes it. */
export function encodeContract(contract: KnownContract): Buffer {
  const owner = addressToBytes(contract.owner);
  switch (contract.kind) {
    case 'DelegateResourceContract':
      return new MessageWriter()
        .bytes(1, owner)
        .int(2, RESOURCES.indexOf(contract.resource))
        .int(3, contract.amountSun)
        .bytes(4, addressToBytes(contract.receiver))
        .bool(5, contract.lock)
        .int(6, contract.lockPeriod)
        .finish();
    case 'UnDelegateResourceContract':
      return new MessageWriter()
        .bytes(1, owner)
        .int(2, RESOURCES.indexOf(contract.resource))
        .int(3, contract.amountSun)
        .bytes(4, addressToBytes(contract.receiver))
        .finish();
    case 'FreezeBalanceV2Contract':
    case 'UnfreezeBalanceV2Contract':
      return new MessageWriter()
        .bytes(1, owner)
        .int(2, contract.amountSun)
        .int(3, RESOURCES.indexOf(contract.resource))
        .finish();
    case 'CancelAllUnfreezeV2Contract':
    case 'WithdrawExpireUnfreezeContract':
    case 'WithdrawBalanceContract':
      return new MessageWriter().bytes(1, owner).finish();
    case 'VoteWitnessContract': {
      const writer = new MessageWriter().bytes(1, owner);
      for (const vote of contract.votes) writer.message(2, encodeVote(vote));
      return writer.finish();
    }
    case 'TransferContract':
      return new MessageWriter()
        .bytes(1, owner)
        .bytes(2, addressToBytes(contract.to))
        .int(3, contract.amountSun)
        .finish();
    case 'TriggerSmartContract':
      return new MessageWriter()
        .bytes(1, owner)
        .bytes(2, addressToBytes(contract.contract))
        .int(3, contract.callValueSun)
        .bytes(4, Buffer.from(contract.dataHex, 'hex'))
        .finish();
    case 'AccountPermissionUpdateContract': {
      const writer = new MessageWriter()
        .bytes(1, owner)
        .message(2, encodePermission(contract.ownerPermission, 0));
      if (contract.witnessPermission !== null) {
        writer.message(3, encodePermission(contract.witnessPermission, 1));
      }
      for (const active of contract.actives) writer.message(4, encodePermission(active, ACTIVE));
      return writer.finish();
    }
    default:
      return unreachable(contract);
  }
}

/**
 * Reads a contract of the named type.
 * @throws BadMessage or BadAddress when the bytes are not such a contract
 */
export function decodeContract(type: string, bytes: Buffer): Contract {
  const message = new Message(bytes);
  switch (type) {
    case 'DelegateResourceContract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        receiver: addressIn(message, 4),
        amountSun: message.int(3),
        resource: resourceIn(message, 2),
        lock: message.bool(5),
        lockPeriod: message.int(6),
      };
    case 'UnDelegateResourceContract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        receiver: addressIn(message, 4),
        amountSun: message.int(3),
        resource: resourceIn(message, 2),
      };
    case 'FreezeBalanceV2Contract':
    case 'UnfreezeBalanceV2Contract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        amountSun: message.int(2),
        resource: resourceIn(message, 3),
      };
    case 'CancelAllUnfreezeV2Contract':
    case 'WithdrawExpireUnfreezeContract':
    case 'WithdrawBalanceContract':
      return { kind: type, owner: addressIn(message, 1) };
    case 'VoteWitnessContract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        votes: message
          .messages(2)
          .map((vote) => ({ witness: addressIn(vote, 1), count: vote.int(2) })),
      };
    case 'TransferContract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        to: addressIn(message, 2),
        amountSun: message.int(3),
      };
    case 'TriggerSmartContract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        contract: addressIn(message, 2),
        callValueSun: message.int(3),
        dataHex: message.hex(4),
      };
    case 'AccountPermissionUpdateContract':
      return {
        kind: type,
        owner: addressIn(message, 1),
        ownerPermission: decodePermission(message.message(2)),
        witnessPermission: message.has(3) ? decodePermission(message.message(3)) : null,
        actives: message.messages(4).map(decodeActive),
      };
    default:
      return {
        kind: 'OTHER',
        type,
        owner: ownerOf(type, bytes),
        parameterHex: bytes.toString('hex'),
      };
  }
}

/** Who signed for a contract of any type; null where it names nobody (shielded transfers). */
export function ownerOf(type: string, bytes: Buffer): Address | null {
  const hex = ownerHexOf(type, bytes);
  return hex === null ? null : addressFromHex(hex);
}

/** The same in hexadecimal, which costs much less. @throws BadMessage */
export function ownerHexOf(type: string, bytes: Buffer): string | null {
  const owner = lastBytes(bytes, OWNER_FIELD.get(type) ?? 1);
  return owner?.length === ADDRESS_BYTES && owner[0] === PREFIX ? owner.toString('hex') : null;
}

function encodeVote(vote: Vote): Buffer {
  return new MessageWriter().bytes(1, addressToBytes(vote.witness)).int(2, vote.count).finish();
}

function encodePermission(permission: Permission | ActivePermission, type: number): Buffer {
  const writer = new MessageWriter()
    .int(1, type)
    .text(3, permission.name)
    .int(4, permission.threshold);
  if ('operations' in permission) {
    assert(/^[0-9a-f]{64}$/.test(permission.operations), 'operations are 32 bytes in hexadecimal');
    writer.bytes(6, Buffer.from(permission.operations, 'hex'));
  }
  for (const key of permission.keys) {
    writer.message(
      7,
      new MessageWriter().bytes(1, addressToBytes(key.address)).int(2, key.weight).finish(),
    );
  }
  return writer.finish();
}

function decodePermission(message: Message): Permission {
  return {
    name: message.text(3),
    threshold: message.int(4),
    keys: message.messages(7).map((key) => ({ address: addressIn(key, 1), weight: key.int(2) })),
  };
}

function decodeActive(message: Message): ActivePermission {
  return { ...decodePermission(message), operations: message.hex(6) };
}

function addressIn(message: Message, field: number): Address {
  return addressFromHex(message.hex(field));
}

function resourceIn(message: Message, field: number): StakedResource {
  const resource = RESOURCES[message.number(field)];
  if (resource === undefined) throw new BadMessage('a resource that does not exist');
  return resource;
}
