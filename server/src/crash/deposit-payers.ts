import { randomBytes } from 'node:crypto';
import { HDKey } from '@scure/bip32';
import { type Address, addressOfKey, parseAddress } from '../chain/address.ts';
import { CONTRACT_TYPE_NUMBERS } from '../chain/contract.ts';
import { encodeContract, type KnownContract } from '../chain/contract-codec.ts';
import { encodeRawData, txidOf } from '../chain/raw-data.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { encodeTokenCall } from '../chain/token-call.ts';
import { system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { type Currency, UNIT } from '../kernel/money.ts';
import { CATALOGUE } from '../settings/catalogue.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { insist } from './client.ts';
import type { House } from './house.ts';

const USDT = parseAddress(CATALOGUE['deposits.usdtContract'].default);
const PAYERS = 20;

/** Somebody with an own deposit address, and the Telegram id that a memo may name. */
export interface DepositUser {
  readonly telegramId: string;
  readonly address: Address;
}

/** What was sent, and what must become of it once it is solid. */
export interface SentPayment {
  readonly txid: string;
  readonly user: DepositUser;
  readonly currency: Currency;
  /** Micro-units that the user must be credited with, once; 0 for what must come to nothing. */
  readonly credit: bigint;
}

/** People outside of the desk with coins, who pay its users' addresses. */
export class DepositPayers {
  readonly #house: House;
  readonly #till: Address;
  readonly #keys: readonly string[];
  #nonce = 0;

  private constructor(house: House, till: Address, keys: readonly string[]) {
    this.#house = house;
    this.#till = till;
    this.#keys = keys;
  }

  /** Sets up the addresses of the house, and the payers with coins in solid blocks. */
  static async open(house: House): Promise<DepositPayers> {
    const account = HDKey.fromMasterSeed(randomBytes(32)).derive("m/44'/195'/0'");
    const till = await house.address();
    const actor = system('crash');
    await house.withDatabase((database) =>
      database.transaction(actor, (em) =>
        changeSettings(
          em,
          actor,
          [
            change('deposits.accountKey', account.publicExtendedKey),
            change('deposits.addresses', [till]),
          ],
          'for deposits',
        ),
      ),
    );
    const keys = Array.from({ length: PAYERS }, () => randomBytes(32).toString('hex'));
    for (const key of keys) {
      await house.control('fund', {
        address: addressOfKey(key),
        sun: (1_000_000n * UNIT).toString(),
        usdt: (1_000_000n * UNIT).toString(),
      });
    }
    const { chain } = house.devnet;
    const { number } = chain.head;
    await waitUntil('the payers have their coins', () => chain.solid > number + 1);
    return new DepositPayers(house, till, keys);
  }

  /** As the bot asks for it, again until there is an answer. */
  async user(telegramId: string): Promise<DepositUser> {
    const { address } = await insist<{ address: Address }>(
      this.#house,
      'openDepositAddress',
      'OpenDepositAddressInput',
      { user: { telegramId } },
      'address',
    );
    return { telegramId, address };
  }

  /** @param place which payer, and what kind of payment: the same number is the same kind */
  pay(user: DepositUser, place: number): SentPayment {
    const key = present(this.#keys[place % PAYERS], 'payer');
    const owner = addressOfKey(key);
    // Odd to the last digit, so that no two are mistaken for each other.
    const amount = 20n * UNIT + BigInt(place);
    const token = (to: Address, sent: bigint): KnownContract => ({
      kind: 'TriggerSmartContract',
      owner,
      contract: USDT,
      callValueSun: 0n,
      dataHex: encodeTokenCall({ to, amount: sent }),
    });
    const coins = (to: Address): KnownContract => ({
      kind: 'TransferContract',
      owner,
      to,
      amountSun: amount,
    });
    const { address, telegramId } = user;
    switch (place % 8) {
      case 0:
      case 1:
      case 2:
        return this.#sent(key, coins(address), '', { user, currency: 'TRX', credit: amount });
      case 3: {
        const memo = `tg${telegramId}`;
        return this.#sent(key, coins(this.#till), memo, { user, currency: 'TRX', credit: amount });
      }
      case 4: {
        // More than there is: in a block, and failed.
        const call = token(address, 10n ** 15n);
        return this.#sent(key, call, '', { user, currency: 'USDT', credit: 0n });
      }
      default:
        return this.#sent(key, token(address, amount), '', {
          user,
          currency: 'USDT',
          credit: amount,
        });
    }
  }

  #sent(
    key: string,
    contract: KnownContract,
    memo: string,
    rest: Omit<SentPayment, 'txid'>,
  ): SentPayment {
    const { chain } = this.#house.devnet;
    const { head } = chain;
    // No fork takes a solid block away, and the payment with it.
    const reference = present(chain.blockId(chain.solid), 'solid block');
    this.#nonce += 1;
    const rawData = encodeRawData(
      {
        refBlockBytes: reference.slice(12, 16),
        refBlockHash: reference.slice(16, 32),
        expirationMs: head.timestamp + 600_000,
        timestampMs: head.timestamp + this.#nonce,
        feeLimitSun: 100n * UNIT,
        memo: Buffer.from(memo),
        type: contract.kind,
        parameter: encodeContract(contract),
        permissionId: 0,
      },
      present(CONTRACT_TYPE_NUMBERS.get(contract.kind), 'contract type'),
    );
    const { signedHex } = signTransaction(rawData.toString('hex'), key);
    const { body } = this.#house.devnet.node.answer('/wallet/broadcasthex', {
      transaction: signedHex,
    });
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    if (!text.includes('"result":true')) throw new Error(`a payment was refused: ${text}`);
    return { txid: txidOf(rawData), ...rest };
  }
}
