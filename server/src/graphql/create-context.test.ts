import { ApolloServer } from '@apollo/server';
import { expect, it } from 'vitest';
import { stranger } from '../access/caller.ts';
import { systemClock } from '../kernel/clock.ts';
import type { DeskContext } from './context.ts';
import { contextOf, type ContextSources } from './create-context.ts';
import type { Loaders } from './loaders.ts';
import { sharedContext } from './stream-scope.ts';

it('has loaders for a request that asks for them, the same for all its fields, and for no other', async () => {
  let made = 0;
  const sources = {
    clock: systemClock,
    makeLoaders: () => {
      made += 1;
      return {} as Loaders;
    },
  } as ContextSources;
  const asks = (_object: unknown, _args: unknown, { loaders }: DeskContext): boolean =>
    Object.keys(loaders).length === 0;
  const server = new ApolloServer<DeskContext>({
    typeDefs: 'type Query { plain: Boolean asks: Boolean asksToo: Boolean }',
    resolvers: { Query: { plain: () => true, asks, asksToo: asks } },
  });
  const request = async (query: string): Promise<number> => {
    const origin = {
      ...{ requestId: '1', remoteAddress: '::1', userAgent: '' },
      signal: new AbortController().signal,
    };
    const contextValue = contextOf(sources, stranger('NOT_SIGNED_IN'), origin);
    const { body } = await server.executeOperation({ query }, { contextValue });
    expect(body).toMatchObject({ singleResult: { data: expect.anything() as object } });
    return made;
  };
  expect(await request('{ plain }')).toBe(0);
  expect(await request('{ asks asksToo }')).toBe(1);
  expect(sharedContext(sources, stranger('NOT_SIGNED_IN'), () => undefined).loaders).toEqual({});
  await server.stop();
});
