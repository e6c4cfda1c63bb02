import { isAddress } from '../wire/address.ts';
import type { ContractValue, Permission } from '../wire/messages.ts';
import {
  burn,
  ContractExecuteError,
  ContractValidateError,
  putAccount,
  requireAccount,
} from './context.ts';
import type { RuleContext } from './context.ts';
import type { Effect } from './effect.ts';
import { availableOperations } from './parameters.ts';
import { allows } from './permissions.ts';

const maxKeys = 5;
const typeNames = ['Owner', 'Witness', 'Active'];

function refuse(text: string): never {
  throw new ContractValidateError(text);
}

function checkKeys(permission: Permission): void {
  const addresses = new Set(permission.keys.map((key) => key.address));
  const type = typeNames[permission.type];
  if (addresses.size !== permission.keys.length) {
    refuse(`address should be distinct in permission ${type}`);
  }
  let weight = 0n;
  for (const key of permission.keys) {
    if (!isAddress(key.address)) refuse('key is not a validate address');
    if (key.weight <= 0n) refuse("key's weight should be greater than 0");
    weight += key.weight;
  }
  if (weight < permission.threshold) {
    refuse(`sum of all key's weight should not be less than threshold in permission ${type}`);
  }
}

function checkPermission(permission: Permission): void {
  if (permission.keys.length > maxKeys) {
    refuse(`number of keys in permission should not be greater than ${maxKeys}`);
  }
  if (permission.keys.length === 0) refuse("key's count should be greater than 0");
  if (permission.threshold <= 0n) refuse("permission's threshold should be greater than 0");
  if (permission.permission_name.length > 32) refuse("permission's name is too long");
  if (permission.parent_id !== 0) refuse("permission's parent should be owner");
  checkKeys(permission);
  if (permission.type !== 2) {
    if (permission.operations !== '') {
      refuse(`${typeNames[permission.type]} permission needn't operations`);
    }
    return;
  }
  if (permission.operations.length !== 64) refuse('operations size must 32');
  for (let type = 0; type < 256; type++) {
    if (allows(permission.operations, type) && !allows(availableOperations, type)) {
      refuse(`${type} isn't a validate ContractType`);
    }
  }
}

/** AccountPermissionUpdateContract: replaces every permission of the account, for a fee. */
export function updatePermissions(
  context: RuleContext,
  value: ContractValue<'AccountPermissionUpdateContract'>,
): Effect {
  const { owner_address: address, owner, witness, actives } = value;
  if (!isAddress(address)) refuse('invalidate ownerAddress');
  requireAccount(context, address, 'ownerAddress account does not exist');
  if (!owner) refuse('owner permission is missed');
  if (context.state.witnesses.get(address)) {
    if (!witness) refuse('witness permission is missed');
  } else if (witness) {
    refuse("account isn't witness can't set witness permission");
  }
  if (actives.length === 0) refuse('active permission is missed');
  if (actives.length > 8) refuse('active permission is too many');
  if (owner.type !== 0) refuse('owner permission type is error');
  checkPermission(owner);
  for (const active of actives) {
    if (active.type !== 2) refuse('active permission type is error');
    checkPermission(active);
  }
  const fee = context.parameters.permissionUpdateFee;
  if (!burn(context, address, fee)) {
    throw new ContractExecuteError(`${address} insufficient balance, amount: ${fee}`);
  }
  const account = requireAccount(context, address, 'ownerAddress account does not exist');
  putAccount(context, {
    ...account,
    ownerPermission: { ...owner, id: 0 },
    activePermissions: actives.map((active, index) => ({ ...active, id: index + 2 })),
  });
  return { fee };
}
