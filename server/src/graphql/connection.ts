import 'reflect-metadata';
import { Field, ObjectType } from 'type-graphql';
import { BadInput } from '../kernel/domain-error.ts';

/** The most rows that one page may have. */
export const MAX_PAGE = 200;

/** Where a page of a connection stands. */
@ObjectType({ description: 'Where this page stands in the whole list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are rows after the last of this page.' })
  declare hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether there are rows before the first of this page.' })
  declare hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null when empty.' })
  declare startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row: send it as `after` for the next page; null when empty.',
  })
  declare endCursor: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: Pick<PageInfo, keyof PageInfo>;
}

/**
 * The number of rows asked for.
 * @throws BadInput when it is not from 1 to 200
 */
export function pageSize(first: number, field = 'first'): number {
  if (first < 1 || first > MAX_PAGE) {
    throw new BadInput(`Ask for 1 to ${MAX_PAGE} rows; page on with \`after\` for more.`, {
      field,
      details: { least: 1, most: MAX_PAGE },
    });
  }
  return first;
}

/** A row's place in a list as text that callers hand back unread. The parts are its sort key. */
export function encodeCursor(...parts: readonly (string | bigint | number | Date)[]): string {
  const texts = parts.map((part) => (part instanceof Date ? part.toISOString() : String(part)));
  return Buffer.from(JSON.stringify(texts)).toString('base64url');
}

/**
 * Reads what {@link encodeCursor} wrote: exactly `count` parts, or undefined for no cursor.
 * @throws BadInput when it is none of our cursors
 */
export function decodeCursor(
  cursor: string | null | undefined,
  count: number,
  field = 'after',
): string[] | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const parts = parseParts(cursor);
  if (parts?.length !== count) {
    throw new BadInput('Send a cursor exactly as it came with an earlier page.', { field });
  }
  return parts;
}

function parseParts(cursor: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) && value.every((part) => typeof part === 'string')
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A page from rows of which one more than `first` was read, which shows whether more follow.
 * @param after the cursor that was asked with
 */
export function connectionOf<Node>(
  rows: readonly Node[],
  first: number,
  cursorOf: (node: Node) => string,
  after?: string | null,
): Connection<Node> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
