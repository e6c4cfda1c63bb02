import { BadInput } from '../kernel/domain-error.ts';

/** Something that happened, as told to the outside. Kinds: `order.completed`, `wallet.paused`, … */
export interface DeskEvent {
  readonly cursor: EventCursor;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly userId: string | null;
  /** The API client whose order it is about; other API clients never see it. */
  readonly clientId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** A place in the order of commits: transaction first, then the row within it. */
export interface EventCursor {
  readonly xid: bigint;
  readonly position: bigint;
}

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export function compareCursors(a: EventCursor, b: EventCursor): number {
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  if (a.position === b.position) return 0;
  return a.position < b.position ? -1 : 1;
}

export function formatCursor({ xid, position }: EventCursor): string {
  return Buffer.from(`${xid}.${position}`).toString('base64url');
}

/** @throws BadInput when the text is none of our cursors */
export function parseCursor(text: string, field = 'after'): EventCursor {
  const match = /^(\d{1,19})\.(\d{1,18})$/.exec(Buffer.from(text, 'base64url').toString());
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new BadInput('Send a cursor exactly as it came with an earlier event.', { field });
  }
  return { xid: BigInt(match[1]), position: BigInt(match[2]) };
}

/** Which events a reader wants and may see. */
export interface EventSelection {
  /** Exact kinds, or `order.*` for all of a family; undefined means every kind. */
  readonly kinds?: readonly string[] | undefined;
  readonly subjectIds?: readonly string[] | undefined;
  readonly userId?: string | undefined;
  /** Only what is about this API client's own things; undefined means all. */
  readonly clientId?: string | undefined;
}

/** Those of a page that the selection asks for; the page itself when it asks for all of them. */
export function selectedOf(
  page: readonly DeskEvent[],
  selection: EventSelection,
): readonly DeskEvent[] {
  return page.every((event) => isSelected(event, selection))
    ? page
    : page.filter((event) => isSelected(event, selection));
}

function isSelected(event: DeskEvent, selection: EventSelection): boolean {
  const { kinds, subjectIds, userId, clientId } = selection;
  if (clientId !== undefined && event.clientId !== clientId) return false;
  if (userId !== undefined && event.userId !== userId) return false;
  if (subjectIds !== undefined && !subjectIds.includes(event.subjectId)) return false;
  return kinds === undefined || kinds.some((kind) => isOfKind(event.kind, kind));
}

function isOfKind(kind: string, wanted: string): boolean {
  return wanted.endsWith('.*') ? kind.startsWith(wanted.slice(0, -1)) : kind === wanted;
}
