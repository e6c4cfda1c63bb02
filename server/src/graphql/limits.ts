import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DomainError } from '../kernel/domain-error.ts';

/** The most that one operation may ask for. */
export const LIMITS = {
  /** Bytes of one request body. */
  bodyBytes: 1_048_576,
  tokens: 4_000,
  depth: 16,
  /** Fields at the top: each may be a query of its own. */
  rootFields: 20,
  aliases: 60,
  directives: 60,
  /** One for each field of each row that may come back. */
  cost: 60_000,
} as const;

/** Rows that are counted for a list that is not paged. */
const ROWS_OF_A_LIST = 3;

export class QueryTooExpensive extends DomainError {
  readonly code = 'QUERY_TOO_EXPENSIVE';
}

export interface Measure {
  readonly depth: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly cost: number;
  /** Fields as they are written, those of a fragment wherever it is spread. */
  readonly fields: number;
}

type Measured = Exclude<keyof Measure, 'fields'>;
const CHECKED: readonly Measured[] = ['depth', 'rootFields', 'aliases', 'directives', 'cost'];
const NAMES: Readonly<Record<Measured, string>> = {
  depth: 'is nested too deeply',
  rootFields: 'has too many fields at the top',
  aliases: 'has too many aliases',
  directives: 'has too many directives',
  cost: 'asks for too much at once; ask for fewer rows (`first`) or fields',
};

/** Measures of documents whose page sizes are written in them, so that they never change. */
const fixed = new WeakMap<OperationDefinitionNode, Measure>();

/**
 * Checks a valid operation against the limits, before it is executed.
 * @throws QueryTooExpensive with `details { limit, actual, most }`
 */
export function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const measure = fixed.get(operation) ?? measureOperation(schema, document, operation, variables);
  for (const limit of CHECKED) {
    const actual = measure[limit];
    const most = LIMITS[limit];
    if (actual <= most) continue;
    throw new QueryTooExpensive(
      `The query ${NAMES[limit]}: its ${limit} is ${actual}, the limit ${most}.`,
      { details: { limit, actual, most } },
    );
  }
}

/** What an operation may come to. The document is valid, so its fragments have no cycle. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const ruler = new Ruler(schema, document, { ...defaultsOf(operation), ...variables });
  const root = schema.getRootType(operation.operation);
  const measure = {
    ...ruler.selection(operation.selectionSet, root ?? undefined, false),
    rootFields: ruler.countFields(operation.selectionSet),
    aliases: ruler.aliases,
    directives: ruler.directives + (operation.directives?.length ?? 0),
  };
  if (!ruler.readVariables) fixed.set(operation, measure);
  return measure;
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Record<string, number> {
  const defaults: Record<string, number> = {};
  for (const { variable, defaultValue } of variableDefinitions ?? []) {
    if (defaultValue?.kind === Kind.INT) defaults[variable.name.value] = Number(defaultValue.value);
  }
  return defaults;
}

interface Extent {
  readonly cost: number;
  readonly depth: number;
  readonly fields: number;
}

const NOTHING: Extent = { cost: 0, depth: 0, fields: 0 };
const ONE_FIELD: Extent = { cost: 1, depth: 1, fields: 1 };

class Ruler {
  aliases = 0;
  directives = 0;
  readVariables = false;
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** A fragment is measured once, however often it is spread. */
  readonly #known = new Map<string, Extent>();
  readonly #counted = new Map<string, number>();

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions
        .filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
        .map((one) => [one.name.value, one]),
    );
  }

  /** @param paged whether the list right below is counted by its parent's `first` */
  selection(set: SelectionSetNode, type: unknown, paged: boolean): Extent {
    let { cost, depth, fields } = NOTHING;
    for (const node of set.selections) {
      this.directives += node.directives?.length ?? 0;
      const extent =
        node.kind === Kind.FIELD
          ? this.#field(node, type, paged)
          : node.kind === Kind.INLINE_FRAGMENT
            ? this.selection(node.selectionSet, this.#typeNamed(node.typeCondition) ?? type, paged)
            : this.#fragment(node.name.value, paged);
      cost += extent.cost;
      fields += extent.fields;
      depth = Math.max(depth, extent.depth);
    }
    return { cost, depth, fields };
  }

  /** Fields at one level, those of fragments included. */
  countFields(set: SelectionSetNode): number {
    let count = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) count += 1;
      else if (node.kind === Kind.INLINE_FRAGMENT) count += this.countFields(node.selectionSet);
      else count += this.#countFragment(node.name.value);
    }
    return count;
  }

  #countFragment(name: string): number {
    const known = this.#counted.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const count = fragment === undefined ? 0 : this.countFields(fragment.selectionSet);
    this.#counted.set(name, count);
    return count;
  }

  #fragment(name: string, paged: boolean): Extent {
    const key = `${name} ${paged}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const extent =
      fragment === undefined
        ? NOTHING
        : this.selection(fragment.selectionSet, this.#typeNamed(fragment.typeCondition), paged);
    this.#known.set(key, extent);
    return extent;
  }

  #field(node: FieldNode, type: unknown, paged: boolean): Extent {
    if (node.alias !== undefined) this.aliases += 1;
    // The schema about itself: graphql-js has a depth limit of its own for it.
    if (node.name.value.startsWith('__')) return ONE_FIELD;
    const field =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (field === undefined || node.selectionSet === undefined) return ONE_FIELD;
    const page = this.#pageSize(node, field);
    const below = this.selection(
      node.selectionSet,
      getNamedType(field.type),
      page !== undefined && !isList(field.type),
    );
    const rows = page ?? (isList(field.type) && !paged ? ROWS_OF_A_LIST : 1);
    return { cost: 1 + rows * below.cost, depth: 1 + below.depth, fields: 1 + below.fields };
  }

  /** The value of `first`, where the field has one. */
  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    const argument = field.args.find(({ name }) => name === 'first');
    if (argument === undefined) return undefined;
    const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return Math.max(1, Number(value.value));
    if (value?.kind === Kind.VARIABLE) {
      this.readVariables = true;
      const given = this.#variables[value.name.value];
      if (typeof given === 'number') return Math.max(1, given);
    }
    return typeof argument.defaultValue === 'number' ? argument.defaultValue : 1;
  }

  #typeNamed(node: { readonly name: { readonly value: string } } | undefined): unknown {
    return node === undefined ? undefined : this.#schema.getType(node.name.value);
  }
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}
