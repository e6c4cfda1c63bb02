import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
  visit,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { LRUCache } from 'lru-cache';
import { checkLimits, LIMITS } from './limits.ts';
import type { StreamOperation } from './shared-executions.ts';

/** What execution needs but the context, and what of it others may share. */
export type Prepared = ExecutionArgs & { readonly operation: StreamOperation };

interface Known {
  readonly number: number;
  readonly document: DocumentNode;
}

/** Parses, validates and measures what came over a WebSocket; keeps the valid documents. */
export class SubscriptionDesk {
  readonly #schema: GraphQLSchema;
  readonly #documents = new LRUCache<string, Known>({ max: 500 });
  #count = 0;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Everything that execution needs but the context, or what is wrong with the request. */
  prepare(payload: SubscribePayload): Prepared | readonly GraphQLError[] {
    const { query, operationName = null, variables } = payload;
    try {
      const known = this.#documents.get(query);
      const document = known?.document ?? parse(query, { maxLexicalTokens: LIMITS.tokens });
      const problems = known === undefined ? validate(this.#schema, document) : [];
      if (problems.length > 0) return problems;
      const { number } = known ?? this.#keep(query, document);
      const operation = getOperationAST(document, operationName);
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
        return [new GraphQLError('A WebSocket is for subscriptions; send the rest by POST.')];
      }
      const variableValues = variables ?? {};
      checkLimits(this.#schema, document, operation, variableValues);
      const shared = withoutStart(document, operation, variableValues);
      return {
        schema: this.#schema,
        document,
        operationName,
        variableValues,
        operation: {
          document,
          operationName,
          variableValues: shared,
          key: JSON.stringify([number, operationName, shared]),
        },
      };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      if (!(error instanceof Error)) throw error;
      return [new GraphQLError(error.message, { originalError: error })];
    }
  }

  #keep(query: string, document: DocumentNode): Known {
    this.#count += 1;
    const known = { number: this.#count, document };
    this.#documents.set(query, known);
    return known;
  }
}

/** The variables without the one that says where the stream begins: it changes no answer. */
function withoutStart(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const name = startVariable(document, operation);
  if (name === undefined || !(name in variables)) return variables;
  return Object.fromEntries(Object.entries(variables).filter(([other]) => other !== name));
}

const starts = new WeakMap<OperationDefinitionNode, { readonly name: string | undefined }>();

/** The variable that is the stream's `after` and nothing else, and that may be left out. */
function startVariable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): string | undefined {
  const known = starts.get(operation);
  if (known !== undefined) return known.name;
  const name = findStartVariable(document, operation);
  starts.set(operation, { name });
  return name;
}

function findStartVariable(
  document: DocumentNode,
  { selectionSet, variableDefinitions }: OperationDefinitionNode,
): string | undefined {
  const [field] = selectionSet.selections;
  if (field?.kind !== Kind.FIELD) return undefined;
  const after = field.arguments?.find((one) => one.name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE) return undefined;
  const { value: name } = after.name;
  const definition = variableDefinitions?.find(({ variable }) => variable.name.value === name);
  if (definition?.type.kind === Kind.NON_NULL_TYPE) return undefined;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable(variable) {
      if (variable.name.value === name) uses += 1;
    },
  });
  return uses === 1 ? name : undefined;
}
