import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getVariableValues,
  GraphQLError,
  GraphQLScalarType,
  GraphQLSchema,
  type OperationDefinitionNode,
  parseType,
  type Source,
  type SourceLocation,
  type VariableDefinitionNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { isCompilable } from './compilable.ts';

/** A valid document, which operation of it is meant, and what that is executed with. */
export interface Execution {
  readonly document: DocumentNode;
  /** Undefined when the document has none of the name that was asked for. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly contextValue: unknown;
}

type Compiled = CompiledQuery<Record<string, unknown>>;

/** The type of variables that graphql-js has coerced before: they are taken as they are. */
const asItIs = new GraphQLScalarType({ name: 'AsItIs', parseValue: (value: unknown) => value });

function coercedBefore({ kind, variable }: VariableDefinitionNode): VariableDefinitionNode {
  return { kind, variable, type: parseType(asItIs.name) };
}

/** The compiler's errors look like those of graphql-js, but lack what others count on. */
function asOfGraphqlJs(error: GraphQLError, source: Source | undefined): GraphQLError {
  const { message, path, originalError, locations = [] } = error;
  const place = source && { source, positions: locations.map((one) => offsetOf(one, source.body)) };
  return new GraphQLError(message, { path, originalError, ...place });
}

function offsetOf({ line, column }: SourceLocation, text: string): number {
  const ends = [...text.matchAll(/\r\n|[\n\r]/g)];
  const before = ends[line - 2];
  return (before === undefined ? 0 : before.index + before[0].length) + column - 1;
}

/**
 * Executes operations as graphql-js does. A query that comes again is compiled to code of its own, which
 * answers a page of rows in half the time (decision 0018); everything else, and whatever the compiled code
 * finds wrong in the answer, is left to graphql-js itself.
 */
export class CompiledQueries {
  readonly #schema: GraphQLSchema;
  /** The same types and `asItIs`. */
  readonly #schemaForCode: GraphQLSchema;
  /** `once` stands for an operation that was executed and may never come again. */
  readonly #known = new WeakMap<OperationDefinitionNode, Compiled | 'once' | 'never'>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    const config = schema.toConfig();
    this.#schemaForCode = new GraphQLSchema({ ...config, types: [...config.types, asItIs] });
  }

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { document, operation, variableValues, contextValue } = execution;
    if (operation === undefined) return this.#interpret(execution);
    const compiled = this.#compiledOf(document, operation);
    if (compiled === undefined) return this.#interpret(execution);
    const { variableDefinitions = [] } = operation;
    const { coerced } = getVariableValues(this.#schema, variableDefinitions, variableValues);
    if (coerced === undefined) return this.#interpret(execution);
    const { data = null, errors } = await compiled.query(undefined, contextValue, coerced);
    if (errors === undefined) return { data };
    // Nobody threw it, so the value itself does not fit the schema: graphql-js says best how.
    if (errors.some((error) => error.originalError === undefined))
      return this.#interpret(execution);
    return { data, errors: errors.map((error) => asOfGraphqlJs(error, operation.loc?.source)) };
  }

  #compiledOf(document: DocumentNode, operation: OperationDefinitionNode): Compiled | undefined {
    const known = this.#known.get(operation);
    if (known === undefined) {
      this.#known.set(operation, 'once');
      return undefined;
    }
    if (known === 'never') return undefined;
    if (known !== 'once') return known;
    const compiled = this.#compile(document, operation);
    this.#known.set(operation, compiled ?? 'never');
    return compiled;
  }

  #compile(document: DocumentNode, operation: OperationDefinitionNode): Compiled | undefined {
    if (!isCompilable(this.#schema, document, operation)) return undefined;
    const { variableDefinitions = [] } = operation;
    const definitions = document.definitions.map((one) =>
      one === operation
        ? { ...operation, variableDefinitions: variableDefinitions.map(coercedBefore) }
        : one,
    );
    const compiled = compileQuery(
      this.#schemaForCode,
      { ...document, definitions },
      operation.name?.value,
    );
    return isCompiledQuery(compiled) ? compiled : undefined;
  }

  async #interpret(execution: Execution): Promise<ExecutionResult> {
    const { document, operationName, variableValues, contextValue } = execution;
    return execute({
      ...{ schema: this.#schema, document, operationName },
      ...{ variableValues, contextValue },
    });
  }
}
