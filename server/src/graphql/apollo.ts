import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import {
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  visit,
} from 'graphql';
import { refusalOf } from '../access/rules.ts';
import type { Caller } from '../access/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import { CompiledQueries } from './compiled-queries.ts';
import type { DeskContext } from './context.ts';
import type { ContextSources } from './create-context.ts';
import { type ErrorMapping, presentError } from './errors.ts';
import { checkLimits, LIMITS } from './limits.ts';
import { SharedQueries } from './shared-queries.ts';
import { observeOperations, type TrafficObserver } from './traffic.ts';
import { writeAnswer } from './write-answer.ts';

export interface ApolloOptions extends ErrorMapping {
  readonly schema: GraphQLSchema;
  /** Whether strangers may read the schema: on the local network only. */
  readonly openIntrospection: boolean;
  readonly clock: Clock;
  readonly contextSources: ContextSources;
  readonly traffic?: TrafficObserver;
}

type ApolloGateway = NonNullable<ApolloServerOptions<DeskContext>['gateway']>;

/** Apollo Server with the desk's limits and errors; parsed and valid documents are kept. */
export function createApollo(options: ApolloOptions): ApolloServer<DeskContext> {
  const { log } = options;
  return new ApolloServer<DeskContext>({
    gateway: executingWith(options),
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    stringifyResult: writeAnswer,
    parseOptions: { maxLexicalTokens: LIMITS.tokens },
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It wraps every field of every row to say how long answers may be kept; ours never may.
      ApolloServerPluginCacheControlDisabled(),
      guard(options),
      ...(options.traffic ? [observeOperations(options.traffic, options.clock)] : []),
    ],
    formatError: (_formatted, error) => presentError(error, options),
  });
}

/** Apollo's way to be given an execution of one's own. */
function executingWith({ schema, contextSources }: ApolloOptions): ApolloGateway {
  const queries = new SharedQueries(new CompiledQueries(schema), contextSources);
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: ({ document, operation, request, context }) =>
          queries.execute({
            ...{ document, operation, operationName: request.operationName },
            variableValues: request.variables ?? {},
            contextValue: context as DeskContext,
          }),
      }),
    stop: () => Promise.resolve(),
  };
}

function guard({ schema, openIntrospection }: ApolloOptions): ApolloServerPlugin<DeskContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ document, operation, request, contextValue }) {
          try {
            // Apollo itself answers for a document without the operation that was named.
            if (operation) checkLimits(schema, document, operation, request.variables ?? {});
            if (!openIntrospection) checkIntrospection(document, contextValue.caller);
          } catch (error) {
            throw asBadRequest(error);
          }
          return Promise.resolve();
        },
        willSendResponse({ contextValue, response: { body } }) {
          const hidden = !openIntrospection && contextValue.caller.kind === 'STRANGER';
          if (hidden && body.kind === 'single' && body.singleResult.errors !== undefined) {
            body.singleResult.errors = body.singleResult.errors.map(withoutSuggestions);
          }
          return Promise.resolve();
        },
      }),
  };
}

/** "Did you mean …" would tell strangers the schema, one guess at a time. */
function withoutSuggestions(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replace(/ Did you mean .*$/s, '') };
}

function asBadRequest(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const extensions = { http: { status: 400 } };
  return new GraphQLError(error.message, { originalError: error, extensions });
}

const introspects = new WeakMap<DocumentNode, boolean>();

/**
 * The schema is for those who are known.
 * @throws Unauthenticated and its like when a stranger asks for it
 */
export function checkIntrospection(document: DocumentNode, caller: Caller): void {
  if (caller.kind !== 'STRANGER') return;
  let asks = introspects.get(document);
  if (asks === undefined) {
    asks = false;
    visit(document, {
      Field({ name }) {
        if (name.value !== '__schema' && name.value !== '__type') return undefined;
        asks = true;
        return BREAK;
      },
    });
    introspects.set(document, asks);
  }
  if (asks) throw refusalOf(caller);
}
