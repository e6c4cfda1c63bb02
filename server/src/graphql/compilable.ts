import {
  type ASTVisitor,
  BREAK,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { measureOperation } from './limits.ts';

/** Fields, with those of fragments wherever they are spread: code grows with each. */
const MOST_FIELDS = 600;
const COMPOUND: ReadonlySet<string> = new Set([Kind.LIST, Kind.OBJECT]);
const LITERALS: ReadonlySet<string> = new Set([
  ...[Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.ENUM, ...COMPOUND],
]);

/**
 * Whether a valid operation can be compiled to code that answers as graphql-js does. What is written
 * into the document as an argument becomes text of a program, so values of our own scalars (a bigint, a
 * date) have to come as variables; and a name such as `__proto__` would mean something to JavaScript.
 */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (operation.operation !== OperationTypeNode.QUERY) return false;
  if (measureOperation(schema, document, operation, {}).fields > MOST_FIELDS) return false;
  const mayBeLeftOut = new Set(
    (operation.variableDefinitions ?? [])
      .filter((one) => one.type.kind !== Kind.NON_NULL_TYPE && one.defaultValue === undefined)
      .map(({ variable }) => variable.name.value),
  );
  const types = new TypeInfo(schema);
  let compilable = true;
  const refuse = (): typeof BREAK => {
    compilable = false;
    return BREAK;
  };
  const isOurs = (): boolean => {
    const type = getNamedType(types.getInputType());
    return isScalarType(type) && !isSpecifiedScalarType(type);
  };
  /** Lists and objects around the node, as they are written. */
  let within = 0;
  const visitor: ASTVisitor = {
    enter(node) {
      if (node.kind === Kind.VARIABLE_DEFINITION) return false;
      if (node.kind === Kind.FIELD && node.alias?.value.startsWith('__')) return refuse();
      // Of two selections of a field that are merged, one with a condition, the compiler forgets some.
      if (node.kind === Kind.DIRECTIVE) return refuse();
      // What is left out is no null, but the compiler takes it for one.
      if (node.kind === Kind.VARIABLE && within > 0 && mayBeLeftOut.has(node.name.value)) {
        return refuse();
      }
      if (LITERALS.has(node.kind) && isOurs()) return refuse();
      if (COMPOUND.has(node.kind)) within += 1;
      return undefined;
    },
    leave(node) {
      if (COMPOUND.has(node.kind)) within -= 1;
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  return compilable;
}
