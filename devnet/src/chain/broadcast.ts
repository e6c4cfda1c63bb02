import {
  ContractExecuteError,
  ContractValidateError,
  ResourceInsufficientError,
  SignatureError,
} from '../rules/context.ts';
import { slotMs } from '../rules/parameters.ts';
import type { Transaction } from '../wire/transaction.ts';
import { AdmissionError } from './admission.ts';
import type { Chain } from './chain.ts';

/** A node's answer to a broadcast; `code` by the name of java-tron's response_code. */
export interface BroadcastAnswer {
  readonly code: string;
  readonly message: string;
}

const success: BroadcastAnswer = { code: 'SUCCESS', message: '' };

const admissionCodes = {
  TAPOS: 'TAPOS_ERROR',
  EXPIRED: 'TRANSACTION_EXPIRATION_ERROR',
  DUP: 'DUP_TRANSACTION_ERROR',
  TOO_BIG: 'TOO_BIG_TRANSACTION_ERROR',
} as const;

function answerFor(error: unknown): BroadcastAnswer {
  if (error instanceof AdmissionError) {
    return { code: admissionCodes[error.reason], message: error.message };
  }
  if (error instanceof SignatureError) {
    return { code: 'SIGERROR', message: `Validate signature error: ${error.message}` };
  }
  if (error instanceof ContractValidateError) {
    return {
      code: 'CONTRACT_VALIDATE_ERROR',
      message: `Contract validate error : ${error.message}`,
    };
  }
  if (error instanceof ContractExecuteError) {
    return { code: 'CONTRACT_EXE_ERROR', message: `Contract execute error : ${error.message}` };
  }
  if (error instanceof ResourceInsufficientError) {
    return { code: 'BANDWITH_ERROR', message: 'Account resource insufficient error.' };
  }
  return { code: 'OTHER_ERROR', message: `Error: ${error instanceof Error ? error.message : ''}` };
}

/** Offers a transaction to the chain as Wallet.broadcastTransaction does, in its order of checks. */
export function broadcast(
  chain: Chain,
  transaction: Transaction,
  maxPending: number,
): BroadcastAnswer {
  if (chain.pool.size > maxPending) return { code: 'SERVER_BUSY', message: 'Server busy.' };
  if (transaction.expiration < chain.head.timestamp + slotMs) {
    return { code: admissionCodes.EXPIRED, message: 'Transaction expired' };
  }
  try {
    chain.submit(transaction);
    return success;
  } catch (error) {
    return answerFor(error);
  }
}
