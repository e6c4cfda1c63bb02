import { buildTransaction } from '../../server/src/chain/build-transaction.ts';
import { type Address, addressOfKey } from '../../server/src/chain/address.ts';
import { signTransaction } from '../../server/src/chain/sign-transaction.ts';

interface Head {
  blockID: string;
  block_header: { raw_data: { number: number; timestamp: number; parentHash: string } };
}

interface ByHand {
  /** Of a node. */
  readonly url: string;
  /** Private key of the owner, 64 hexadecimal digits. */
  readonly key: string;
  readonly receiver: Address;
  readonly sun: string;
}

/** What nobody but the owner of a wallet's key can do: delegates its Energy without the desk. */
export async function delegateByHand({ url, key, receiver, sun }: ByHand): Promise<void> {
  const ask = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/wallet/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const head = (await ask('getnowblock', {})) as Head;
  const { number, timestamp } = head.block_header.raw_data;
  const { rawDataHex } = buildTransaction(
    {
      kind: 'delegate',
      owner: addressOfKey(key),
      receiver,
      amountSun: BigInt(sun),
      resource: 'ENERGY',
    },
    {
      refBlock: { number, id: head.blockID },
      expirationMs: timestamp + 60_000,
      timestampMs: timestamp,
      permissionId: 0,
    },
  );
  const { signedHex } = signTransaction(rawDataHex, key);
  const answer = (await ask('broadcasthex', { transaction: signedHex })) as { result?: boolean };
  if (answer.result !== true) throw new Error(`by hand: ${JSON.stringify(answer)}`);
}
