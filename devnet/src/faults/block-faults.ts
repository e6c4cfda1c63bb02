import { Block, sealHeader, textOf } from '../chain/block.ts';
import type { BlockHeader, Text } from '../chain/block.ts';
import type { Chain } from '../chain/chain.ts';
import { witnessKeys } from '../chain/genesis.ts';
import type { Fault } from './faults.ts';

interface PrintedTransaction {
  readonly txID: string;
  readonly ret?: readonly object[];
}

interface PrintedBlock {
  readonly blockID?: string;
  transactions?: PrintedTransaction[];
}

/** A node's blocks as it shows them under its faults: forked, or with a transaction left out or changed. */
export function distortBlocks(body: Text, chain: Chain, faults: readonly Fault[]): Text {
  let shown = body;
  for (const fault of faults) {
    if (fault.kind === 'forked') shown = forked(textOf(shown), chain, fault.from ?? 1);
    if (fault.kind === 'omit-transaction') {
      shown = rewritten(shown, (list) => list.filter(({ txID }) => !isMeant(fault, txID)));
    }
    if (fault.kind === 'change-result') {
      shown = rewritten(shown, (list) =>
        list.map((entry) =>
          isMeant(fault, entry.txID) ? { ...entry, ret: [{ contractRet: 'REVERT' }] } : entry,
        ),
      );
    }
  }
  return shown;
}

function isMeant(fault: Fault, txid: string): boolean {
  return fault.txid === undefined || fault.txid === txid;
}

/** Amounts of raw_data beyond 2⁵³ are rounded by this; the raw bytes beside them are not. */
function rewritten(
  body: Text,
  change: (list: readonly PrintedTransaction[]) => PrintedTransaction[],
): string {
  return JSON.stringify(
    JSON.parse(textOf(body), (_key, value: unknown) => {
      const block = value as PrintedBlock | null;
      if (block?.blockID === undefined || block.transactions === undefined) return value;
      const transactions = change(block.transactions);
      if (transactions.length > 0) return { ...block, transactions };
      const { transactions: _none, ...header } = block;
      return header;
    }),
  );
}

/** Another branch from a height on: each block of it is made by another representative. */
function forked(body: string, chain: Chain, from: number): string {
  const numbers = [...body.matchAll(/"blockID":"([0-9a-f]{16})/g)].map(([, hex]) =>
    Number.parseInt(hex ?? '0', 16),
  );
  const last = Math.max(...numbers, -1);
  let shown = body;
  let parentId: string | undefined;
  for (let number = from; number <= last; number++) {
    const block = chain.block(number);
    if (!block) break;
    const header = onOtherBranch(block.header, parentId);
    parentId = header.id;
    for (const visible of [false, true]) {
      const [ours, theirs] = [block, Block.empty(header)].map((one) => one.headerJson(visible));
      shown = shown.replace(String(ours).slice(0, -1), String(theirs).slice(0, -1));
    }
  }
  return shown;
}

function onOtherBranch(header: BlockHeader, parentId = header.parentId): BlockHeader {
  const { number, timestamp, root } = header;
  const witnesses = [...witnessKeys().keys()];
  const witness = witnesses[(witnesses.indexOf(header.witness) + 1) % witnesses.length] ?? '';
  return sealHeader({ number, timestamp, root, parentId, witness });
}
