import { buildTransaction } from '../../server/src/chain/build-transaction.ts';
import { signTransaction } from '../../server/src/chain/sign-transaction.ts';
import type { ChainEffect } from '../../server/src/chain/transaction.ts';

interface Head {
  blockID: string;
  block_header: { raw_data: { number: number; timestamp: number; parentHash: string } };
}

/** What nobody but the owner of a key can do, with or without the desk: sends one transaction. */
export async function sendByHand(
  { url, key }: { readonly url: string; readonly key: string },
  effect: ChainEffect,
): Promise<string> {
  const ask = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/wallet/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const head = (await ask('getnowblock', {})) as Head;
  const { number, timestamp } = head.block_header.raw_data;
  const { txid, rawDataHex } = buildTransaction(effect, {
    refBlock: { number, id: head.blockID },
    expirationMs: timestamp + 60_000,
    timestampMs: timestamp,
    permissionId: 0,
  });
  const { signedHex } = signTransaction(rawDataHex, key);
  const answer = (await ask('broadcasthex', { transaction: signedHex })) as { result?: boolean };
  if (answer.result !== true) throw new Error(`by hand: ${JSON.stringify(answer)}`);
  return txid;
}
