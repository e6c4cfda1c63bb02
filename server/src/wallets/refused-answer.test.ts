import { expect, it } from 'vitest';
import { addressOfKey, addressToHex } from '../chain/address.ts';
import { type RefusalSubject, refusalSubject } from './refused-answer.ts';

const owner = addressOfKey('22'.repeat(32));
const receiver = addressOfKey('33'.repeat(32));
const other = addressOfKey('44'.repeat(32));
const PREFIX = 'CONTRACT_VALIDATE_ERROR: Contract validate error : ';

/** The texts of java-tron's actuators. */
const validations: readonly (readonly [string, RefusalSubject])[] = [
  [`Account[${addressToHex(owner)}] not exists`, 'WALLET'],
  [`Account[${addressToHex(receiver)}] not exists`, 'RECEIVER'],
  [`Account[${addressToHex(receiver).toUpperCase()}] not exists`, 'RECEIVER'],
  [`Account[${addressToHex(other)}] not exists`, 'NOBODY'],
  [`Account[${owner}] not exists`, 'WALLET'],
  [`Account[${receiver}] not exists`, 'RECEIVER'],
  [`Account[${addressToHex(owner)}] does not exist`, 'WALLET'],
  ['Account[???] not exists', 'WALLET'],
  ['Do not allow delegate resources to contract addresses', 'RECEIVER'],
  ['Invalid receiverAddress', 'RECEIVER'],
  ['receiverAddress must not be the same as ownerAddress', 'RECEIVER'],
  ['Invalid address', 'WALLET'],
  ['delegateBalance must be less than or equal to available FreezeEnergyV2 balance', 'WALLET'],
  ['delegateBalance must be greater than or equal to 1 TRX', 'WALLET'],
  ['delegated Resource does not exist', 'WALLET'],
  ['insufficient delegateFrozenBalance(Energy), request=5, unlock_balance=4', 'WALLET'],
];

it.each(validations)('%s blames: %s', (text, subject) => {
  expect(refusalSubject(`${PREFIX}${text}`, { owner, receiver })).toBe(subject);
});

it.each<[string, RefusalSubject]>([
  ['BANDWITH_ERROR: Account resource insufficient error.', 'WALLET'],
  ["SIGERROR: Validate signature error: permission isn't exit", 'WALLET'],
  ['TRANSACTION_EXPIRATION_ERROR: Transaction expired', 'NOBODY'],
  ['TAPOS_ERROR: Tapos check error.', 'NOBODY'],
  ['SERVER_BUSY: Server busy.', 'NOBODY'],
  ['DUP_TRANSACTION_ERROR: Dup transaction.', 'NOBODY'],
  [`OTHER_ERROR: Account[${addressToHex(receiver)}] not exists`, 'NOBODY'],
  ['SUCCESS', 'NOBODY'],
])('%s blames: %s', (answer, subject) => {
  expect(refusalSubject(answer, { owner, receiver })).toBe(subject);
});

it('blames no receiver where an effect has none', () => {
  const answer = `${PREFIX}Account[${addressToHex(owner)}] not exists`;
  expect(refusalSubject(answer, { owner, receiver: null })).toBe('WALLET');
});
