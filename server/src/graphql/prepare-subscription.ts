import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { LRUCache } from 'lru-cache';
import { checkLimits, LIMITS } from './limits.ts';

export type Prepared = ExecutionArgs | readonly GraphQLError[];

/** Parses, validates and measures what came over a WebSocket; keeps the valid documents. */
export class SubscriptionDesk {
  readonly #schema: GraphQLSchema;
  readonly #documents = new LRUCache<string, DocumentNode>({ max: 500 });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Everything that execution needs but the context, or what is wrong with the request. */
  prepare({ query, operationName, variables }: SubscribePayload): Prepared {
    try {
      const document =
        this.#documents.get(query) ?? parse(query, { maxLexicalTokens: LIMITS.tokens });
      const problems = this.#documents.has(query) ? [] : validate(this.#schema, document);
      if (problems.length > 0) return problems;
      this.#documents.set(query, document);
      const operation = getOperationAST(document, operationName);
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
        return [new GraphQLError('A WebSocket is for subscriptions; send the rest by POST.')];
      }
      checkLimits(this.#schema, document, operation, variables ?? {});
      return {
        schema: this.#schema,
        document,
        operationName: operationName ?? null,
        variableValues: variables ?? {},
      };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      if (!(error instanceof Error)) throw error;
      return [new GraphQLError(error.message, { originalError: error })];
    }
  }
}
