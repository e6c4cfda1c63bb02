import { TronWeb, utils } from 'tronweb';
import { startDevnet } from '../devnet.ts';
import type { Devnet, DevnetOptions } from '../devnet.ts';

/** Any JSON object of an answer. */
export type Json = Record<string, unknown>;

/** A key with its addresses and a tronweb of its own. */
export interface Person {
  readonly key: string;
  readonly address: string;
  readonly hex: string;
  readonly tronWeb: TronWeb;
}

type Unsigned = Parameters<TronWeb['trx']['sign']>[0] & object;

let people = 0;

/** A local network stepped by hand, and what tests do with it. */
export class LocalNetwork {
  readonly devnet: Devnet;

  private constructor(devnet: Devnet) {
    this.devnet = devnet;
  }

  static async start(options: DevnetOptions = {}): Promise<LocalNetwork> {
    return new LocalNetwork(await startDevnet({ blockMs: 'manual', ...options }));
  }

  get url(): string {
    return this.devnet.url;
  }

  /** A fresh key, not activated. */
  person(key?: string): Person {
    people += 1;
    const own = key ?? (0x5eed0000 + people).toString(16).padStart(64, '7');
    const tronWeb = new TronWeb({ fullHost: this.url, disablePlugins: true, privateKey: own });
    const { base58, hex } = tronWeb.defaultAddress;
    return { key: own, tronWeb, address: String(base58), hex: String(hex) };
  }

  /** A person with TRX (and USDT), in a block. */
  async rich(trx = 10_000, usdt = 0, key?: string): Promise<Person> {
    const person = this.person(key);
    await this.control('fund', {
      address: person.address,
      sun: trx * 1e6,
      usdt: usdt * 1e6,
    });
    this.devnet.step();
    return person;
  }

  /** A person with stake for Energy, in a block. */
  async staker(trx: number, balance = 10_000): Promise<Person> {
    const person = await this.rich(balance);
    await this.control('stake', { address: person.address, sun: trx * 1e6, resource: 'ENERGY' });
    this.devnet.step();
    return person;
  }

  async post(path: string, body: object = {}, url = this.url): Promise<Json> {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as Json;
  }

  /** A control endpoint. Throws what it complains about. */
  async control(name: string, body: object = {}, url = this.url): Promise<Json> {
    const answer = await this.post(`/devnet/${name}`, body, url);
    if (typeof answer['error'] === 'string') throw new Error(answer['error']);
    return answer;
  }

  /** Signs by the person's key and offers the hex; the node's answer. */
  async offer(person: Person, unsigned: unknown, url = this.url): Promise<Json> {
    const signed = await person.tronWeb.trx.multiSign(unsigned as Unsigned, person.key);
    return this.post('/wallet/broadcasthex', { transaction: hexOf(signed) }, url);
  }

  /** Offers; the node's code and message in one line. */
  async refusal(person: Person, unsigned: unknown): Promise<string> {
    const answer = await this.offer(person, unsigned);
    return `${String(answer['code'])} | ${String(answer['message'])}`;
  }

  /** Offers and expects SUCCESS; the txid. */
  async send(person: Person, unsigned: unknown): Promise<string> {
    const answer = await this.offer(person, unsigned);
    if (answer['code'] !== 'SUCCESS')
      throw new Error(`${String(answer['code'])} ${String(answer['message'])}`);
    return String(answer['txid']);
  }

  /** Sends and makes a block; the transaction's info. */
  async execute(person: Person, unsigned: unknown): Promise<Json> {
    const txid = await this.send(person, unsigned);
    this.devnet.step();
    return this.post('/wallet/gettransactioninfobyid', { value: txid });
  }

  account(address: string, area = 'wallet'): Promise<Json> {
    return this.post(`/${area}/getaccount`, { address, visible: true });
  }

  resources(address: string): Promise<Json> {
    return this.post('/wallet/getaccountresource', { address, visible: true });
  }

  stop(): Promise<void> {
    return this.devnet.stop();
  }
}

interface TransactionMessage {
  addSignature(signature: Uint8Array): void;
  serializeBinary(): Uint8Array;
}

/** The whole signed transaction's protobuf, by tronweb's own classes. */
export function hexOf(signed: unknown): string {
  const { signature } = signed as { signature: string[] };
  type Signed = Parameters<typeof utils.transaction.txJsonToPb>[0];
  const message = utils.transaction.txJsonToPb(signed as Signed) as TransactionMessage;
  for (const one of signature) message.addSignature(Buffer.from(one, 'hex'));
  return Buffer.from(message.serializeBinary()).toString('hex');
}
