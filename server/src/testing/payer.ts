import { randomBytes } from 'node:crypto';
import { addressOfKey, addressToHex, type Address } from '../chain/address.ts';
import { CONTRACT_TYPE_NUMBERS } from '../chain/contract.ts';
import { encodeContract, type KnownContract } from '../chain/contract-codec.ts';
import { encodeRawData, txidOf } from '../chain/raw-data.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { assert, present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import type { CoreDesk } from './core-desk.ts';

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' as Address;

/** Somebody outside of the desk, with a key of his own, who pays. */
export class Payer {
  readonly address: Address;
  readonly #core: CoreDesk;
  readonly #key: string;
  #nonce = 0;

  private constructor(core: CoreDesk, key: string) {
    this.#core = core;
    this.#key = key;
    this.address = addressOfKey(key);
  }

  /** With whole TRX and USDT, in a block. */
  static async rich(core: CoreDesk, trx = 10_000n, usdt = 10_000n): Promise<Payer> {
    const payer = new Payer(core, randomBytes(32).toString('hex'));
    await core.control('fund', {
      address: payer.address,
      sun: (trx * UNIT).toString(),
      usdt: (usdt * UNIT).toString(),
    });
    core.devnet.step();
    return payer;
  }

  /** Sends sun; it is in the next block. @returns the txid */
  trx(to: Address, amountSun: bigint, memo = ''): Promise<string> {
    return this.#send({ kind: 'TransferContract', owner: this.address, to, amountSun }, memo);
  }

  /** Sends micro-USDT, or what another token calls so. @returns the txid */
  usdt(to: Address, amount: bigint, memo = '', token: Address = USDT): Promise<string> {
    return this.call(token, `a9059cbb${word(to)}${word(amount)}`, memo);
  }

  /** Calls a contract with these bytes. @returns the txid */
  call(contract: Address, dataHex: string, memo = '', callValueSun = 0n): Promise<string> {
    const owner = this.address;
    const kind = 'TriggerSmartContract';
    return this.#send({ kind, owner, contract, callValueSun, dataHex }, memo);
  }

  async #send(contract: KnownContract, memo: string): Promise<string> {
    const { nodes } = this.#core.chain;
    const head = await nodes.newestHeader('head');
    this.#nonce += 1;
    const rawData = encodeRawData(
      {
        refBlockBytes: head.id.slice(12, 16),
        refBlockHash: head.id.slice(16, 32),
        expirationMs: head.timeMs + 60_000,
        timestampMs: head.timeMs + this.#nonce,
        feeLimitSun: 1_000n * UNIT,
        memo: Buffer.from(memo),
        type: contract.kind,
        parameter: encodeContract(contract),
        permissionId: 0,
      },
      present(CONTRACT_TYPE_NUMBERS.get(contract.kind), 'contract type'),
    );
    const { answer } = await nodes.broadcast(
      signTransaction(rawData.toString('hex'), this.#key).signedHex,
    );
    assert(answer.kind === 'accepted', `${answer.code}: ${answer.message}`);
    return txidOf(rawData);
  }
}

/** An argument of a contract call: 32 bytes in hexadecimal. */
export function word(value: Address | bigint): string {
  const hex = typeof value === 'bigint' ? value.toString(16) : addressToHex(value).slice(2);
  return hex.padStart(64, '0');
}
