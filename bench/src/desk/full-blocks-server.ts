import { startDevnet } from '@energy-desk/devnet';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { contracts } from '../../../devnet/src/chain/contract-addresses.ts';
import { faucet } from '../../../devnet/src/chain/genesis.ts';
import { addressWord, selector, word } from '../../../devnet/src/vm/abi.ts';
import type { ContractCall } from '../../../devnet/src/wire/messages.ts';
import { buildTransaction, transactionFrom } from '../../../devnet/src/wire/transaction.ts';
import { PAID_MICRO, paysTrx, paysUsdt, WATCHED_PAID, watchedHex } from './watched-accounts.ts';

/**
 * A local network in a process of its own whose blocks are full: BLOCKS of them with TRANSACTIONS
 * each, two transfers of TRX for one of USDT; some pay watched accounts. On PORT it tells where its node is and which blocks are
 * the full ones, once they are all solid.
 */
const blocks = Number(process.env['BLOCKS']);
const transactions = Number(process.env['TRANSACTIONS']);
const SOLID_LAG = 3;
const FEE_LIMIT = 1_000_000_000n;
/** The network takes it from us as from its own faucet; nobody proves a signature in a block again. */
const SIGNATURE = '11'.repeat(65);

const devnet = await startDevnet({
  blockMs: 'manual',
  solidLag: SOLID_LAG,
  maxPending: 1_000_000,
  signBlocks: false,
});
devnet.step(SOLID_LAG + 1);
const first = devnet.chain.head.number + 1;
for (let block = 0; block < blocks; block += 1) {
  for (let n = 0; n < transactions; n += 1) submit(n, receiverOf(block, n));
  devnet.step();
}
devnet.step(SOLID_LAG + 1);

function submit(n: number, receiver: string): void {
  const { head } = devnet.chain;
  const call = n % 3 === 2 ? usdtTransfer(receiver) : trxTransfer(receiver);
  const { rawHex } = buildTransaction(call, {
    refBlockBytes: head.id.slice(12, 16),
    refBlockHash: head.id.slice(16, 32),
    expiration: head.timestamp + 60_000,
    timestamp: head.timestamp + n,
    feeLimit: call.name === 'TriggerSmartContract' ? FEE_LIMIT : 0n,
  });
  devnet.chain.submit(transactionFrom(rawHex, [SIGNATURE]), true);
}

/** The first TRX of a block, and the first USDT of some blocks, are for watched accounts. */
function receiverOf(block: number, n: number): string {
  const paid = (n === 0 && paysTrx(block)) || (n === 2 && paysUsdt(block));
  return paid ? watchedHex(block % WATCHED_PAID) : anybody();
}

function anybody(): string {
  return `41${randomBytes(20).toString('hex')}`;
}

function trxTransfer(to_address: string): ContractCall {
  return {
    name: 'TransferContract',
    value: { owner_address: faucet().address, to_address, amount: PAID_MICRO },
  };
}

function usdtTransfer(to: string): ContractCall {
  return {
    name: 'TriggerSmartContract',
    value: {
      owner_address: faucet().address,
      contract_address: contracts.usdt,
      call_value: 0n,
      data: selector('transfer(address,uint256)') + addressWord(to) + word(PAID_MICRO),
      call_token_value: 0n,
      token_id: 0n,
    },
  };
}

const last = first + blocks - 1;
createServer((_request, response) => {
  response.end(JSON.stringify({ url: devnet.url, first, last }));
}).listen(Number(process.env['PORT']), '127.0.0.1');
// A profile is written by a program that ends by itself.
process.once('SIGTERM', () => process.exit(0));
