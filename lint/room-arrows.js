import path from 'node:path';
import { free, leaves, narrow, rows, sideways } from './rooms.js';

const rowOf = new Map(rows.flatMap((row, index) => row.map((room) => [room, index])));
const leafOf = (file) => leaves.find((leaf) => file.endsWith(leaf.ending));

/**
 * Why `from` may not import `to` (both relative to server/src), or undefined when it may.
 */
export function forbiddenArrow(from, to) {
  if (free.some((pattern) => pattern.test(from))) return undefined;
  const [fromRoom, toRoom] = [from.split('/')[0], to.split('/')[0]];
  if (!rowOf.has(fromRoom)) {
    return `'${fromRoom}' is not a room of lint/rooms.js`;
  }
  if (!to.includes('/')) {
    return `rooms do not import '${to}': only programs beside it do; hand the value in from app.ts`;
  }
  if (!rowOf.has(toRoom)) {
    return toRoom === 'testing'
      ? 'testing/ is for tests only'
      : `'${toRoom}' is not a room of lint/rooms.js`;
  }
  const [fromLeaf, toLeaf] = [leafOf(from), leafOf(to)];
  if (toLeaf !== undefined) {
    const known =
      toLeaf.importedBy.includes(fromRoom) ||
      (toLeaf.importedByEndings ?? []).some((ending) => from.endsWith(ending));
    if (!known)
      return `*${toLeaf.ending} is a leaf: only ${toLeaf.importedBy.join(', ')}/ imports it`;
  }
  const tight = narrow.find(({ room }) => room === fromRoom);
  if (tight !== undefined && fromRoom !== toRoom && !tight.may.includes(toRoom)) {
    return `${fromRoom}/ imports ${tight.may.join(', ')} and nothing else: ${tight.why}`;
  }
  if (fromRoom === toRoom || rowOf.get(toRoom) < rowOf.get(fromRoom)) return undefined;
  if (fromLeaf?.may.includes(toRoom)) return undefined;
  // The schema and the schedule are put together from every room's leaves.
  if (toLeaf?.importedBy.includes(fromRoom)) return undefined;
  if (sideways.some((arrow) => arrow.from === fromRoom && arrow.to === toRoom)) return undefined;
  return `${fromRoom}/ may not import ${toRoom}/: the arrow goes the other way, or there is none`;
}

/** Holds the arrows of lint/rooms.js. */
export const roomArrows = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{why}} (lint/rooms.js)' } },
  create(context) {
    const root = path.resolve(context.cwd, 'server/src');
    const from = path.relative(root, context.filename).split(path.sep).join('/');
    if (from.startsWith('..')) return {};
    const look = (node) => {
      const source = node.source;
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      if (!source.value.startsWith('.')) return;
      const target = path.resolve(path.dirname(context.filename), source.value);
      const to = path.relative(root, target).split(path.sep).join('/');
      if (to.startsWith('..')) return;
      const why = forbiddenArrow(from, to);
      if (why !== undefined)
        context.report({ node: source, messageId: 'forbidden', data: { why } });
    };
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
    };
  },
};
