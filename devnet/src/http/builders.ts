import { executeContract } from '../rules/execute.ts';
import { contractSchema } from '../wire/messages.ts';
import type { ContractCall, ContractName } from '../wire/messages.ts';
import { parseMessage } from '../wire/json.ts';
import { buildTransaction, printTransaction } from '../wire/transaction.ts';
import type { Transaction } from '../wire/transaction.ts';
import type { Handler, NodeRequest } from './request.ts';

/** How long a transaction lives that a node built: 60 s from the head block. */
const lifetimeMs = 60_000;

/** Builds an unsigned transaction as a node does: solid reference block, the node's own clock. */
export function build(request: NodeRequest, call: ContractCall, feeLimit = 0n): Transaction {
  const { chain, node } = request;
  const reference = chain.blockId(chain.solid) ?? '';
  const memo = request.text('extra_data');
  return buildTransaction(call, {
    refBlockBytes: reference.slice(12, 16),
    refBlockHash: reference.slice(16, 32),
    expiration: chain.head.timestamp + lifetimeMs,
    timestamp: node.now(),
    permissionId: Number(request.number('Permission_id')),
    feeLimit,
    memoHex: request.visible ? Buffer.from(memo).toString('hex') : memo,
  });
}

function builder(name: ContractName): Handler {
  return (request) => {
    const { chain, body, visible } = request;
    const value = parseMessage(contractSchema(name), body, visible);
    const call = { name, value } as ContractCall;
    chain.state.push();
    try {
      executeContract(chain.context(), call, 0n, '', true);
    } finally {
      chain.state.revert();
    }
    return printTransaction(build(request, call), visible, undefined, true);
  };
}

/** Endpoints that build an unsigned transaction after validating it against the head state. */
export const builderHandlers: readonly (readonly [string, Handler, boolean])[] = [
  ['createtransaction', builder('TransferContract'), false],
  ['createaccount', builder('AccountCreateContract'), false],
  ['delegateresource', builder('DelegateResourceContract'), false],
  ['undelegateresource', builder('UnDelegateResourceContract'), false],
  ['freezebalancev2', builder('FreezeBalanceV2Contract'), false],
  ['unfreezebalancev2', builder('UnfreezeBalanceV2Contract'), false],
  ['withdrawexpireunfreeze', builder('WithdrawExpireUnfreezeContract'), false],
  ['cancelallunfreezev2', builder('CancelAllUnfreezeV2Contract'), false],
  ['votewitnessaccount', builder('VoteWitnessContract'), false],
  ['withdrawbalance', builder('WithdrawBalanceContract'), false],
  ['accountpermissionupdate', builder('AccountPermissionUpdateContract'), false],
];
