import { addressWord, Arguments, selector, textResult, topic, word } from './abi.ts';
import { done, reverted } from './code.ts';
import type { Call, Outcome } from './code.ts';

/** Tether's contract on mainnet: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t. */
export const usdtContract = '41a614f803b6fd780986a42c78ec9c7f77e6ded13c';

/**
 * Energy of calls as (base, penalty): base × 3.4 is what the dynamic energy model adds to USDT at
 * its cap. A transfer to a holder costs 64,285, to a first-time receiver 130,285 (tron-facts 7).
 */
const energy = {
  transferToHolder: [14_611n, 49_674n],
  transferToNew: [29_611n, 100_674n],
  spend: [4_500n, 15_300n],
  approve: [22_674n, 77_090n],
  read: [935n, 3_127n],
  revert: [1_000n, 3_400n],
} as const;

const transferTopic = topic('Transfer(address,address,uint256)');
const approvalTopic = topic('Approval(address,address,uint256)');

/** Key of a holder's balance. */
export function balanceKey(contract: string, holder: string): string {
  return `${contract}:${holder}`;
}

function allowanceKey(contract: string, holder: string, spender: string): string {
  return `${contract}:${holder}:${spender}`;
}

/** Moves tokens as the contract's own transfer does, with its event. */
export function moveTokens(call: Call, from: string, to: string, amount: bigint): Outcome {
  const { world, contract } = call;
  const source = balanceKey(contract, from);
  const target = balanceKey(contract, to);
  const held = world.token(source);
  if (held < amount) return reverted(...energy.revert);
  const [base, penalty] =
    world.token(target) === 0n ? energy.transferToNew : energy.transferToHolder;
  world.setToken(source, held - amount);
  world.setToken(target, world.token(target) + amount);
  const log = {
    address: contract.slice(2),
    topics: [transferTopic, addressWord(from), addressWord(to)],
    data: word(amount),
  };
  // Tether's transfer on TRON declares a bool and returns none, so the word is zero.
  return done(base, penalty, word(0n), [log]);
}

function transferFrom(call: Call, args: Arguments): Outcome {
  const { world, contract, caller } = call;
  const from = args.address(0);
  const amount = args.number(2);
  const key = allowanceKey(contract, from, caller);
  const allowed = world.token(key);
  if (allowed < amount) return reverted(...energy.revert);
  const outcome = moveTokens(call, from, args.address(1), amount);
  if (outcome.reverted) return outcome;
  world.setToken(key, allowed - amount);
  return {
    ...outcome,
    energy: outcome.energy + energy.spend[0],
    penalty: outcome.penalty + energy.spend[1],
  };
}

function approve(call: Call, args: Arguments): Outcome {
  const { world, contract, caller } = call;
  const spender = args.address(0);
  world.setToken(allowanceKey(contract, caller, spender), args.number(1));
  const log = {
    address: contract.slice(2),
    topics: [approvalTopic, addressWord(caller), addressWord(spender)],
    data: word(args.number(1)),
  };
  return done(...energy.approve, word(1n), [log]);
}

const functions = new Map<string, (call: Call, args: Arguments) => Outcome>([
  [
    selector('transfer(address,uint256)'),
    (call, args) => moveTokens(call, call.caller, args.address(0), args.number(1)),
  ],
  [selector('transferFrom(address,address,uint256)'), transferFrom],
  [selector('approve(address,uint256)'), approve],
  [
    selector('balanceOf(address)'),
    (call, args) =>
      done(...energy.read, word(call.world.token(balanceKey(call.contract, args.address(0))))),
  ],
  [
    selector('allowance(address,address)'),
    (call, args) => {
      const key = allowanceKey(call.contract, args.address(0), args.address(1));
      return done(...energy.read, word(call.world.token(key)));
    },
  ],
  [selector('decimals()'), () => done(...energy.read, word(6n))],
  [selector('symbol()'), () => done(...energy.read, textResult('USDT'))],
  [selector('name()'), () => done(...energy.read, textResult('Tether USD'))],
  [selector('totalSupply()'), () => done(...energy.read, word(10n ** 17n))],
  [selector('basisPointsRate()'), () => done(...energy.read, word(0n))],
  [selector('maximumFee()'), () => done(...energy.read, word(0n))],
]);

/** Runs a call into a TRC-20 token. */
export function runTrc20(call: Call): Outcome {
  const run = functions.get(call.data.slice(0, 8));
  if (!run || call.value > 0n) return reverted(...energy.revert);
  return run(call, new Arguments(call.data.slice(8)));
}
