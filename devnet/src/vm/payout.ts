import { hash } from 'node:crypto';
import type { InternalTransaction } from '../rules/effect.ts';
import { Arguments, selector } from './abi.ts';
import { done, reverted } from './code.ts';
import type { Call, Outcome } from './code.ts';
import { moveTokens } from './trc20.ts';

/** Energy of the base call, of one payment, and of activating a new account (as in the TVM). */
const baseEnergy = 1_200n;
const paymentEnergy = 9_700n;
const activationEnergy = 25_000n;

function payAll(call: Call, payments: readonly (readonly [string, bigint])[]): Outcome {
  const { world, contract } = call;
  const internal: InternalTransaction[] = [];
  let energy = baseEnergy;
  let failed = false;
  for (const [to, value] of payments) {
    energy += paymentEnergy + (world.activated(to) ? 0n : activationEnergy);
    failed = !world.move(contract, to, value);
    const id = hash('sha256', `${call.txid}:${internal.length}`, 'hex');
    internal.push({ hash: id, caller: contract, to, value, rejected: failed });
    if (failed) break;
  }
  if (!failed) return done(energy, 0n, '', [], internal);
  return reverted(
    energy,
    0n,
    internal.map((entry) => ({ ...entry, rejected: true })),
  );
}

function payMany(call: Call, args: Arguments): Outcome {
  const amounts = args.list(1);
  return payAll(
    call,
    args.list(0).map(({ address }, index) => [address, amounts[index]?.number ?? 0n] as const),
  );
}

function payToken(call: Call, args: Arguments): Outcome {
  const token = args.address(0);
  if (call.world.contractKind(token) !== 'trc20') return reverted(baseEnergy);
  const inner = { ...call, contract: token, caller: call.contract };
  const outcome = moveTokens(inner, call.contract, args.address(1), args.number(2));
  return { ...outcome, energy: outcome.energy + baseEnergy };
}

const functions = new Map<string, (call: Call, args: Arguments) => Outcome>([
  [
    selector('pay(address,uint256)'),
    (call, args) => payAll(call, [[args.address(0), args.number(1)]]),
  ],
  [selector('payMany(address[],uint256[])'), payMany],
  [selector('payToken(address,address,uint256)'), payToken],
]);

/**
 * Runs a call into the payout contract, which pays TRX out of what it was sent or holds (as
 * exchanges' multisend contracts do) or sends tokens it holds.
 */
export function runPayout(call: Call): Outcome {
  if (call.data === '') return done(baseEnergy, 0n, '');
  const run = functions.get(call.data.slice(0, 8));
  return run ? run(call, new Arguments(call.data.slice(8))) : reverted(baseEnergy);
}
