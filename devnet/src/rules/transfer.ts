import { newAccount } from '../state/account.ts';
import { isAddress } from '../wire/address.ts';
import type { ContractValue } from '../wire/messages.ts';
import { addBalance, burn, ContractValidateError, putAccount, requireAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import type { Effect } from './effect.ts';

/** TransferContract: moves TRX, activates the receiver for a fee. */
export function transfer(context: RuleContext, value: ContractValue<'TransferContract'>): Effect {
  const { owner_address: owner, to_address: to, amount } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid ownerAddress!');
  if (!isAddress(to)) throw new ContractValidateError('Invalid toAddress!');
  if (owner === to) throw new ContractValidateError('Cannot transfer TRX to yourself.');
  const account = requireAccount(
    context,
    owner,
    'Validate TransferContract error, no OwnerAccount.',
  );
  if (amount <= 0n) throw new ContractValidateError('Amount must be greater than 0.');
  const receiver = context.state.accounts.get(to);
  const fee = receiver ? 0n : context.parameters.newAccountFee;
  if (receiver?.contract !== undefined) {
    throw new ContractValidateError('Cannot transfer TRX to a smartContract.');
  }
  if (account.balance < amount + fee) {
    throw new ContractValidateError('Validate TransferContract error, balance is not sufficient.');
  }
  burn(context, owner, fee);
  addBalance(context, owner, -amount);
  addBalance(context, to, amount);
  return { fee };
}

/** AccountCreateContract: activates an address for a fee. */
export function createAccount(
  context: RuleContext,
  value: ContractValue<'AccountCreateContract'>,
): Effect {
  const { owner_address: owner, account_address: fresh } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid ownerAddress');
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  const fee = context.parameters.newAccountFee;
  if (account.balance < fee) {
    throw new ContractValidateError('Validate CreateAccountActuator error, insufficient fee.');
  }
  if (!isAddress(fresh)) throw new ContractValidateError('Invalid account address');
  if (context.state.accounts.get(fresh)) throw new ContractValidateError('Account has existed');
  burn(context, owner, fee);
  putAccount(context, newAccount(fresh, context.now));
  return { fee };
}
