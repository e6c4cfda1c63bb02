import type { BlockHeader } from '../chain/block.ts';
import { NodeFault } from './node-fault.ts';
import type { SolidAgreement } from './solid-agreement.ts';
import type { WatchedNode } from './watched-node.ts';

/** How far the solid chain of other nodes bears out blocks that one node has shown. */
export interface Confirmation {
  /** So many of the blocks, from the first, may count as final. */
  readonly count: number;
  /** The nodes that show the last of these as solid, beside the one that served them. */
  readonly confirmedBy: readonly string[];
  /** Whether any node contradicts another here: then the blocks themselves may be the wrong ones. */
  readonly disputed: boolean;
}

/** What one node's solid chain says to the blocks; null when it did not answer. */
type Voice = { readonly node: string; readonly count: number } | null;

/**
 * Holds linked blocks against the solid chains of other nodes: one header of each is enough, since
 * the links prove what is below. On a difference the first such height is searched for and told to
 * `agreement`. None of the others there counts all the blocks, confirmed by nobody.
 */
export async function confirmBlocks(
  blocks: readonly BlockHeader[],
  servedBy: string,
  others: readonly WatchedNode[],
  agreement: SolidAgreement,
): Promise<Confirmation> {
  const [first, last] = [blocks.at(0), blocks.at(-1)];
  if (first === undefined || last === undefined) {
    return { count: 0, confirmedBy: [], disputed: false };
  }
  const voices = await Promise.all(
    others.map((other) => listenTo(other, blocks, servedBy, agreement)),
  );
  const disputed = agreement.dispute() !== null;
  if (agreement.outvoted().has(servedBy)) return { count: 0, confirmedBy: [], disputed };
  const heard = voices.filter((voice) => voice !== null && !agreement.outvoted().has(voice.node));
  const open = agreement.open();
  const most = Math.max(0, ...heard.map((voice) => voice?.count ?? 0));
  const reached = others.length === 0 ? blocks.length : most;
  const count =
    open === null ? reached : Math.min(reached, Math.max(0, open.number - first.number));
  const confirmedBy = heard
    .filter((voice) => voice !== null && count > 0 && voice.count >= count)
    .map((voice) => voice?.node ?? '');
  return { count, confirmedBy, disputed };
}

async function listenTo(
  other: WatchedNode,
  blocks: readonly BlockHeader[],
  servedBy: string,
  agreement: SolidAgreement,
): Promise<Voice> {
  const idAt = (place: number): string => blocks[place]?.id ?? '';
  const first = blocks[0]?.number ?? 0;
  const disputed = agreement.dispute()?.number;
  try {
    await other.identify();
    const solid = await other.node.header('solid');
    other.noteHeader('solid', solid);
    const place = Math.min(solid.number - first, blocks.length - 1);
    if (place < 0) return { node: other.name, count: 0 };
    const at = async (where: number): Promise<string | undefined> =>
      first + where === solid.number
        ? solid.id
        : (await other.node.headerByNumber('solid', first + where))?.id;
    const id = await at(place);
    if (id === undefined) return { node: other.name, count: 0 };
    if (id === idAt(place)) {
      // Links make this an answer about the disputed height as well.
      const about = disputed === undefined ? place : disputed - first;
      const where = about >= 0 && about <= place ? about : place;
      const block = { number: first + where, id: idAt(where) };
      agreement.note(servedBy, block);
      agreement.note(other.name, block);
      return { node: other.name, count: place + 1 };
    }
    // The last place known to be the same, and the first known to differ.
    let [same, differs, other_id] = [-1, place, id];
    while (differs - same > 1) {
      const middle = Math.floor((same + differs) / 2);
      const theirs = await at(middle);
      if (theirs === undefined || theirs === idAt(middle)) same = middle;
      else [differs, other_id] = [middle, theirs];
    }
    agreement.note(servedBy, { number: first + differs, id: idAt(differs) });
    agreement.note(other.name, { number: first + differs, id: other_id });
    return { node: other.name, count: differs };
  } catch (error) {
    if (!(error instanceof NodeFault)) throw error;
    other.noteFault(error);
    return null;
  }
}
