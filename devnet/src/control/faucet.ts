import { contracts } from '../chain/contract-addresses.ts';
import type { Chain } from '../chain/chain.ts';
import { faucet } from '../chain/genesis.ts';
import { sign } from '../crypto/keys.ts';
import { addressWord, selector, word } from '../vm/abi.ts';
import type { ContractCall } from '../wire/messages.ts';
import { buildTransaction, transactionFrom } from '../wire/transaction.ts';

const lifetimeMs = 60_000;
const feeLimit = 1_000_000_000n;

/**
 * Signs and submits a transaction of the faucet; returns its txid. Its timestamp is moved until
 * the txid is new. Throws what the chain's rules throw.
 */
function submitAsFaucet(chain: Chain, call: ContractCall): string {
  const reference = chain.head;
  for (let nonce = 0; ; nonce++) {
    const unsigned = buildTransaction(call, {
      refBlockBytes: reference.id.slice(12, 16),
      refBlockHash: reference.id.slice(16, 32),
      expiration: reference.timestamp + lifetimeMs,
      timestamp: reference.timestamp + nonce,
      feeLimit: call.name === 'TriggerSmartContract' ? feeLimit : 0n,
    });
    if (chain.pool.has(unsigned.txid) || chain.find(unsigned.txid)) continue;
    const signature = sign(faucet().key, Buffer.from(unsigned.rawHex, 'hex'));
    chain.submit(transactionFrom(unsigned.rawHex, [signature]), true);
    return unsigned.txid;
  }
}

function sendToken(chain: Chain, token: string, to: string, amount: bigint): string {
  return submitAsFaucet(chain, {
    name: 'TriggerSmartContract',
    value: {
      owner_address: faucet().address,
      contract_address: token,
      call_value: 0n,
      data: selector('transfer(address,uint256)') + addressWord(to) + word(amount),
      call_token_value: 0n,
      token_id: 0n,
    },
  });
}

/** What `fund` can give. */
export interface Gift {
  readonly address: string;
  readonly sun: bigint;
  /** micro-USDT */
  readonly usdt: bigint;
  /** micro-units of the token that only calls itself USDT */
  readonly fakeUsdt: bigint;
  /** Whether an address that gets no TRX is activated too. */
  readonly activate: boolean;
}

/** Sends TRX and tokens from the faucet by ordinary transactions; returns their txids. */
export function fund(chain: Chain, gift: Gift): string[] {
  const { address, sun, usdt, fakeUsdt, activate } = gift;
  const owner = { owner_address: faucet().address };
  const txids: string[] = [];
  const account = chain.state.accounts.get(address);
  if (sun > 0n && account?.contract !== undefined) {
    chain.operate({ kind: 'credit', address, sun });
  } else if (sun > 0n) {
    const value = { ...owner, to_address: address, amount: sun };
    txids.push(submitAsFaucet(chain, { name: 'TransferContract', value }));
  } else if (!account && activate) {
    const value = { ...owner, account_address: address, type: 0 };
    txids.push(submitAsFaucet(chain, { name: 'AccountCreateContract', value }));
  }
  if (usdt > 0n) txids.push(sendToken(chain, contracts.usdt, address, usdt));
  if (fakeUsdt > 0n) txids.push(sendToken(chain, contracts.fakeUsdt, address, fakeUsdt));
  return txids;
}
