import { addressFromHex, type Address } from '../chain/address.ts';
import { CONTRACT_TYPE_NUMBERS } from '../chain/contract.ts';
import { encodeContract, type KnownContract } from '../chain/contract-codec.ts';
import { encodeRawData } from '../chain/raw-data.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { encodeTokenCall } from '../chain/token-call.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { word } from '../testing/payer.ts';
import { FAKE_USDT, OWN_ADDRESSES, PAYER, PAYOUT, TILL, USDT } from './cast.ts';
import { SeededRandom } from './seeded-random.ts';
import type { World } from './world.ts';

/** Selectors of the local network's payout contract: pay(address,uint256), payMany(address[],uint256[]). */
const PAY = 'c4076876';
const PAY_MANY = 'd63c6364';

/** How often somebody pays where anybody does at all, among all that begins. */
const SHARE = 0.25;
/** Below the minimum, just that, and odd. */
const AMOUNTS = [5n * UNIT, 10n * UNIT, 25_300_001n, 40n * UNIT];

/**
 * Somebody outside of the desk who pays users' own deposit addresses and the one for everybody: in
 * TRX, USDT and what only calls itself so, directly and by a contract, in calls that fail. A choice of
 * its own says in which histories, so that the others stay as they are.
 */
export class Payers {
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #active: boolean;
  #nonce = 0;

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#random = new SeededRandom(seed + 7_919);
    this.#active = this.#random.chance(0.5);
  }

  /** Perhaps sends something; it is in the next block, or the one after a fork, or in none. */
  mayPay(): void {
    const random = this.#random;
    if (!this.#active || !random.chance(SHARE)) return;
    const to = random.chance(0.75) ? random.pick(OWN_ADDRESSES) : TILL;
    const amount = random.pick(AMOUNTS);
    const owner = PAYER.address;
    const contract = (name: Address, dataHex: string, callValueSun = 0n): KnownContract => ({
      kind: 'TriggerSmartContract',
      owner,
      contract: name,
      callValueSun,
      dataHex,
    });
    const [what, made] = random.weighted<readonly [string, KnownContract]>([
      [['TRX', { kind: 'TransferContract', owner, to, amountSun: amount }], 3],
      [['USDT', contract(USDT, encodeTokenCall({ to, amount }))], 3],
      [
        ['more USDT than there are', contract(USDT, encodeTokenCall({ to, amount: 10n ** 15n }))],
        1,
      ],
      [['another token', contract(FAKE_USDT, encodeTokenCall({ to, amount }))], 1],
      [['TRX by a contract', contract(PAYOUT, `${PAY}${word(to)}${word(amount)}`, amount)], 1],
      [['TRX by a contract twice', contract(PAYOUT, manyCall(to, amount), 2n * amount)], 1.5],
      [['nothing of USDT', contract(USDT, encodeTokenCall({ to, amount: 0n }))], 0.5],
    ]);
    this.#world.count('payments');
    this.#world.note(`somebody pays ${what}: ${amount} to ${to}`);
    this.#send(made);
  }

  #send(contract: KnownContract): void {
    const { chain } = this.#world.local;
    const { head } = chain;
    this.#nonce += 1;
    const rawData = encodeRawData(
      {
        refBlockBytes: head.id.slice(12, 16),
        refBlockHash: head.id.slice(16, 32),
        expirationMs: head.timestamp + 60_000,
        timestampMs: head.timestamp + this.#nonce,
        feeLimitSun: 1_000n * UNIT,
        memo: Buffer.alloc(0),
        type: contract.kind,
        parameter: encodeContract(contract),
        permissionId: 0,
      },
      present(CONTRACT_TYPE_NUMBERS.get(contract.kind), 'contract type'),
    );
    const { signedHex } = signTransaction(rawData.toString('hex'), PAYER.key);
    // A node of nobody's: faults of the desk's nodes are none of the payer's.
    this.#world.local.newNode().answer('/wallet/broadcasthex', { transaction: signedHex });
  }
}

/** The same amount to an address and to another one, in one transaction. */
function manyCall(to: Address, amount: bigint): string {
  const other = present(
    OWN_ADDRESSES.find((address) => address !== to),
    'another address',
  );
  const list = (words: readonly string[]): string =>
    `${word(BigInt(words.length))}${words.join('')}`;
  const receivers = list([word(to), word(other)]);
  const amounts = list([word(amount), word(amount)]);
  const first = 2n * 32n;
  const second = first + BigInt(receivers.length / 2);
  return `${PAY_MANY}${word(first)}${word(second)}${receivers}${amounts}`;
}

/** Reads an address of the chain's record. */
export function recorded(address: string | undefined): string | undefined {
  return address?.startsWith('41') ? addressFromHex(address) : address;
}
