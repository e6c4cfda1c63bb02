import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Metadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];
type Param = NonNullable<Metadata['params']>[number];
type Methods = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

/**
 * Has field resolvers that take nothing but their object and the context called as they are. The library
 * sorts their parameters and copies the object into an instance of its class for each field of each row.
 */
export function callPlainly(
  schema: GraphQLSchema,
  instances: ReadonlyMap<object['constructor'], object | undefined>,
): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const names = new Map<unknown, string>(objectTypes.map(({ target, name }) => [target, name]));
  for (const metadata of fieldResolvers) {
    const instance = instances.get(metadata.target);
    const type = schema.getType(names.get(metadata.getObjectType?.()) ?? '');
    if (instance === undefined || !isObjectType(type)) continue;
    const field = type.getFields()[metadata.schemaName];
    const resolve = plainly(metadata, instance as Methods);
    if (field !== undefined && resolve !== undefined) field.resolve = resolve;
  }
}

function plainly(
  { methodName, params = [], middlewares = [], kind }: Metadata,
  instance: Methods,
): GraphQLFieldResolver<unknown, unknown> | undefined {
  const sorted = params.toSorted((one, other) => one.index - other.index);
  const isPlain = kind === 'external' && middlewares.length === 0 && sorted.every(isWhole);
  const method = instance[methodName]?.bind(instance);
  if (!isPlain || method === undefined) return undefined;
  switch (sorted.map((one) => one.kind).join(' ')) {
    case '':
      return () => method();
    case 'root':
      return (object) => method(object);
    case 'context':
      return (_object, _args, context) => method(context);
    case 'root context':
      return (object, _args, context) => method(object, context);
    default:
      return undefined;
  }
}

/** All of the object or of the context, and not one property. */
function isWhole(param: Param): boolean {
  return (param.kind === 'root' || param.kind === 'context') && param.propertyName === undefined;
}
