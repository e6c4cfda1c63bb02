import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createServer, type IncomingMessage } from 'node:http';

/**
 * A query that says hello on bare Apollo Server over node:http, with Apollo's own keeping of parsed
 * documents: what any GraphQL answer costs here. PORT says where it listens.
 */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { hello: { type: GraphQLString, resolve: () => 'world' } },
  }),
});
const apollo = new ApolloServer({
  schema,
  persistedQueries: false,
  stopOnTerminationSignals: false,
  nodeEnv: 'production',
  plugins: [ApolloServerPluginLandingPageDisabled()],
});
await apollo.start();

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

const server = createServer((request, response) => {
  void (async () => {
    if (request.url === '/healthz') {
      response.end();
      return;
    }
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: '',
        body: await bodyOf(request),
      },
      context: () => Promise.resolve({}),
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    response.end(answer.body.kind === 'complete' ? answer.body.string : '');
  })();
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
// A profile is written by a program that ends by itself.
process.once('SIGTERM', () => process.exit(0));
