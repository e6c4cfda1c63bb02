import { graphql, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { Auditor } from '../access/audit.ts';
import { actorOf, type Caller, stranger } from '../access/caller.ts';
import type { Role } from '../access/roles.ts';
import type { DeskContext } from '../graphql/context.ts';
import { presentError } from '../graphql/errors.ts';
import type { Loaders } from '../graphql/loaders.ts';
import { buildDeskSchema, type SchemaParts } from '../graphql/schema.ts';
import { systemRandom } from '../kernel/random.ts';

export interface SchemaAnswer {
  readonly data: Record<string, unknown> | null;
  /** The first error, as callers see it. */
  readonly error: {
    readonly message: string;
    readonly code?: unknown;
    readonly field?: unknown;
  } | null;
}

/** The schema of some rooms with its guards, asked without HTTP by whomever the test names. */
export class SchemaDesk {
  readonly #schema: GraphQLSchema;
  readonly #loaders: () => Partial<Loaders>;

  constructor(parts: SchemaParts, loaders: () => Partial<Loaders> = () => ({})) {
    this.#schema = buildDeskSchema(parts);
    this.#loaders = loaders;
  }

  async ask(
    caller: Caller,
    source: string,
    variables: Record<string, unknown> = {},
  ): Promise<SchemaAnswer> {
    const { data, errors } = await graphql({
      schema: this.#schema,
      source,
      variableValues: variables,
      contextValue: contextOf(caller, this.#loaders()),
    });
    const [first] = errors ?? [];
    const shown =
      first && presentError(first, { log: pino({ level: 'silent' }), random: systemRandom });
    return {
      // GraphQL's objects have no prototype.
      data: data ? (JSON.parse(JSON.stringify(data)) as Record<string, unknown>) : null,
      error: shown ? { message: shown.message, ...shown.extensions } : null,
    };
  }
}

export function anOperator(...roles: Role[]): Caller {
  return {
    kind: 'OPERATOR',
    id: '0197a000-0000-7000-8000-00000000000a',
    name: 'Ada',
    roles,
    sessionId: '0197a000-0000-7000-8000-00000000000b',
    mustChangePassword: false,
  };
}

export function anApiClient(id: string, ...roles: Role[]): Caller {
  return { kind: 'API_CLIENT', id, name: 'A bot', roles };
}

export const aStranger = stranger('NOT_SIGNED_IN');

function contextOf(caller: Caller, loaders: Partial<Loaders>): DeskContext {
  const actor = actorOf(caller);
  const origin = { requestId: 'r-1', remoteAddress: '127.0.0.1' };
  const context: Omit<DeskContext, 'feed'> = {
    ...origin,
    caller,
    actor,
    audit: new Auditor({ ...origin, actor }),
    loaders: loaders as Loaders,
    userAgent: 'test',
    now: new Date('2026-11-22T12:00:00Z'),
    responseCookies: [],
    signal: new AbortController().signal,
  };
  return context as DeskContext;
}
