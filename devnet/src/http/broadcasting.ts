import { broadcast } from '../chain/broadcast.ts';
import type { BroadcastAnswer } from '../chain/broadcast.ts';
import { SignatureError } from '../rules/context.ts';
import { claimedPermission, recoverSigners, weightOf } from '../rules/permissions.ts';
import { toBase58 } from '../wire/address.ts';
import { WireError } from '../wire/codec.ts';
import { printMessage } from '../wire/json.ts';
import { permission } from '../wire/messages.ts';
import { decodeTransaction, parseTransaction, printTransaction } from '../wire/transaction.ts';
import type { Transaction } from '../wire/transaction.ts';
import type { Handler, NodeRequest } from './request.ts';

/** How a node's answer to a broadcast is replaced, and whether the transaction is taken anyway. */
export interface BroadcastFault {
  readonly answer: BroadcastAnswer;
  readonly accepted: boolean;
}

/** What a node says about a transaction offered to it. */
function offer(
  request: NodeRequest,
  transaction: Transaction,
  fault?: BroadcastFault,
): BroadcastAnswer {
  const { chain, node } = request;
  if (fault && !fault.accepted) return fault.answer;
  const real = broadcast(chain, transaction, node.maxPending);
  return fault?.answer ?? real;
}

/** broadcasttransaction: on success no code, on failure no result. */
export function broadcastJson(request: NodeRequest, fault?: BroadcastFault): string {
  const transaction = parseTransaction(request.body, request.visible);
  const { code, message } = offer(request, transaction, fault);
  const { txid } = transaction;
  if (code === 'SUCCESS') return JSON.stringify({ result: true, txid });
  const shown = request.visible ? message : Buffer.from(message).toString('hex');
  return JSON.stringify({ code, txid, message: shown });
}

/** broadcasthex: always result, code and message in plain text. */
export function broadcastHex(request: NodeRequest, fault?: BroadcastFault): string {
  const hex = request.text('transaction');
  if (hex === '' || !/^([0-9a-f]{2})+$/i.test(hex)) throw new WireError('null');
  const transaction = decodeTransaction(Buffer.from(hex, 'hex'));
  const { code, message } = offer(request, transaction, fault);
  return JSON.stringify({
    result: code === 'SUCCESS',
    code,
    message,
    transaction: printTransaction(transaction, request.visible, undefined, true),
    txid: transaction.txid,
  });
}

const signWeight: Handler = (request) => {
  const transaction = parseTransaction(request.body, request.visible);
  const shown = printTransaction(transaction, request.visible, undefined);
  const wrapped = `{"result":{"result":true},"txid":"${transaction.txid}","transaction":${shown}}`;
  try {
    const claimed = claimedPermission(request.chain.state, transaction);
    const signedBy = recoverSigners(transaction, request.chain.signers, []);
    const weight = weightOf(claimed, transaction, signedBy);
    const enough = weight >= claimed.threshold;
    const code = enough ? '' : '"code":"NOT_ENOUGH_PERMISSION"';
    const approved = signedBy.map((one) => (request.visible ? toBase58(one) : one));
    return (
      `{"permission":${printMessage(permission, claimed, request.visible)},` +
      `"approved_list":${JSON.stringify(approved)},"current_weight":${weight},` +
      `"result":{${code}},"transaction":${wrapped}}`
    );
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    const result = JSON.stringify({ code: 'PERMISSION_ERROR', message: error.message });
    return `{"result":${result},"transaction":${wrapped}}`;
  }
};

const approvedList: Handler = (request) => {
  const transaction = parseTransaction(request.body, request.visible);
  const signedBy = recoverSigners(transaction, request.chain.signers, []);
  const shown = printTransaction(transaction, request.visible, undefined);
  return (
    `{"approved_list":${JSON.stringify(signedBy)},"result":{},` +
    `"transaction":{"result":{"result":true},"txid":"${transaction.txid}","transaction":${shown}}}`
  );
};

/** Signature checks; the second flag says that /walletsolidity has it too. */
export const signatureHandlers: readonly (readonly [string, Handler, boolean])[] = [
  ['getsignweight', signWeight, false],
  ['getapprovedlist', approvedList, false],
];
