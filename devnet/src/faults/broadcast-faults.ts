import type { BroadcastFault } from '../http/broadcasting.ts';
import type { Fault } from './faults.ts';

const success = { code: 'SUCCESS', message: '' };

/** What a fault does to a broadcast; undefined when it does nothing to it. */
export function broadcastFaultOf(fault: Fault): BroadcastFault | undefined {
  const accepted = fault.accepted ?? false;
  switch (fault.kind) {
    case 'timeout-accepted':
      return { answer: success, accepted: true };
    case 'timeout-dropped':
      return { answer: success, accepted: false };
    case 'never-included':
      return { answer: success, accepted: false };
    case 'server-busy':
      return { answer: { code: 'SERVER_BUSY', message: 'Server busy.' }, accepted };
    case 'dup':
      return { answer: { code: 'DUP_TRANSACTION_ERROR', message: 'Dup transaction.' }, accepted };
    case 'other-error':
      return { answer: { code: 'OTHER_ERROR', message: 'Error: null' }, accepted };
    case 'unknown-code':
      return { answer: { code: 'QUANTUM_FLUX', message: 'Unheard of.' }, accepted };
    case 'false-expired':
      return {
        answer: { code: 'TRANSACTION_EXPIRATION_ERROR', message: 'Transaction expired' },
        accepted: true,
      };
    case 'p2p-failed':
      return {
        answer: {
          code: 'NOT_ENOUGH_EFFECTIVE_CONNECTION',
          message: 'P2P broadcast failed.',
        },
        accepted: true,
      };
    default:
      return undefined;
  }
}
