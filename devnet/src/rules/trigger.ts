import { runCode } from '../vm/run.ts';
import { World } from '../vm/world.ts';
import { isAddress } from '../wire/address.ts';
import type { ContractValue } from '../wire/messages.ts';
import { burn, ContractValidateError, putAccount, requireAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import type { Effect, VmReceipt } from './effect.ts';
import { limitOf, usageAt, useStaked } from './resource-usage.ts';

const maxFeeLimit = 15_000_000_000n;

/** Energy that the caller's stake has left. */
function energyLeft(context: RuleContext, owner: string): bigint {
  const account = context.state.accounts.get(owner);
  if (!account) return 0n;
  const limit = limitOf(context.state, context.parameters, account, 'ENERGY');
  const left = limit - usageAt(account.energy, context.slot);
  return left > 0n ? left : 0n;
}

/** Pays energy from stake first, then by burning TRX (ReceiptCapsule.payEnergyBill). */
function payEnergy(
  context: RuleContext,
  owner: string,
  used: bigint,
): { energyUsage: bigint; energyFee: bigint } {
  const left = energyLeft(context, owner);
  const fromStake = left < used ? left : used;
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  const { state, parameters, slot } = context;
  const paid = useStaked(state, parameters, account, 'ENERGY', fromStake, slot);
  if (paid) putAccount(context, paid);
  const energyFee = (used - fromStake) * parameters.energyPrice;
  burn(context, owner, energyFee);
  return { energyUsage: fromStake, energyFee };
}

function energyAllowed(
  context: RuleContext,
  owner: string,
  value: bigint,
  feeLimit: bigint,
): bigint {
  const price = context.parameters.energyPrice;
  const balance = context.state.accounts.get(owner)?.balance ?? 0n;
  const spare = balance > value ? balance - value : 0n;
  const affordable = energyLeft(context, owner) + spare / price;
  const capped = feeLimit / price;
  return affordable < capped ? affordable : capped;
}

/** TriggerSmartContract: may be included and fail; then only energy is paid. */
export function trigger(
  context: RuleContext,
  value: ContractValue<'TriggerSmartContract'>,
  feeLimit: bigint,
  txid: string,
): Effect {
  const { owner_address: owner, contract_address: contract, call_value: amount } = value;
  if (feeLimit < 0n || feeLimit > maxFeeLimit) {
    throw new ContractValidateError(`feeLimit must be >= 0 and <= ${maxFeeLimit}`);
  }
  if (!isAddress(contract)) {
    throw new ContractValidateError('Cannot get contract address from TriggerContract');
  }
  const world = new World(context.state);
  if (amount < 0n) throw new ContractValidateError('callValue must be >= 0');
  const allowed = energyAllowed(context, owner, amount, feeLimit);
  if (!world.move(owner, contract, amount)) {
    throw new ContractValidateError('Validate InternalTransfer error, balance is not sufficient.');
  }
  const call = { world, contract, caller: owner, value: amount, data: value.data, txid };
  const outcome = runCode(context.state, call);
  if (!outcome) throw new ContractValidateError('No contract or not a smart contract');

  const wanted = outcome.energy + outcome.penalty;
  const outOfEnergy = wanted > allowed;
  const used = outOfEnergy ? allowed : wanted;
  const failed = outOfEnergy || outcome.reverted;
  if (!failed) world.apply(context);
  const paid = payEnergy(context, owner, used);
  const vm: VmReceipt = {
    result: outOfEnergy ? 'OUT_OF_ENERGY' : outcome.reverted ? 'REVERT' : 'SUCCESS',
    energyTotal: used,
    ...paid,
    penalty: outOfEnergy ? 0n : outcome.penalty,
    contract,
    output: failed ? '' : outcome.output,
    message: outOfEnergy
      ? `Not enough energy for 'SSTORE' operation executing: curInvokeEnergyLimit[${allowed}], curOpEnergy[5000], usedEnergy[${allowed}]`
      : outcome.reverted
        ? 'REVERT opcode executed'
        : '',
    logs: failed ? [] : outcome.logs,
    internal: failed
      ? outcome.internal.map((entry) => ({ ...entry, rejected: true }))
      : outcome.internal,
  };
  return { fee: 0n, vm };
}
