import { type Address, addressOfKey } from '../../server/src/chain/address.ts';
import { sendByHand } from './send-by-hand.ts';

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
  await sendByHand(
    { url, key },
    {
      kind: 'delegate',
      owner: addressOfKey(key),
      receiver,
      amountSun: BigInt(sun),
      resource: 'ENERGY',
    },
  );
}
