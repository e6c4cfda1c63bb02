import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/**
 * graphql-ws as its guide shows it: one execution and one queue for each subscriber, with the same
 * document and the same fields as ours, nothing read and nobody's rights asked. A POST publishes its
 * body's order to all. PORT says where it listens.
 */
const text = { type: new GraphQLNonNull(GraphQLString) };
const Money = new GraphQLObjectType({
  name: 'Money',
  fields: { amount: text, currency: text },
});
const Order = new GraphQLObjectType({
  name: 'Order',
  fields: {
    ...{ id: text, number: text, clientOrderId: text, state: text, energy: text },
    ...{ receiver: text, placedAt: text, price: { type: new GraphQLNonNull(Money) } },
  },
});
const OrderChange = new GraphQLObjectType({
  name: 'OrderChange',
  fields: { cursor: text, order: { type: new GraphQLNonNull(Order) } },
});

interface Change {
  readonly cursor: string;
  readonly order: Readonly<Record<string, unknown>>;
}

class Queue {
  readonly #waiting: Change[] = [];
  #wake: (() => void) | undefined;

  push(change: Change): void {
    this.#waiting.push(change);
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<{ orderChanged: Change }> {
    queues.add(this);
    try {
      for (;;) {
        const next = this.#waiting.shift();
        if (next !== undefined) yield { orderChanged: next };
        else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      queues.delete(this);
    }
  }
}

const queues = new Set<Queue>();
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { orders: { type: new GraphQLList(Order), resolve: () => [] } },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      orderChanged: {
        type: new GraphQLNonNull(OrderChange),
        subscribe: () => new Queue()[Symbol.asyncIterator](),
      },
    },
  }),
});

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (chunks.length > 0) {
      const order = JSON.parse(Buffer.concat(chunks).toString()) as Change['order'];
      const change = { cursor: `${Date.now()}`, order };
      for (const queue of queues) queue.push(change);
    }
    response.end('{}');
  });
});
useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
server.listen(Number(process.env['PORT']), '127.0.0.1');
// A profile is written by a program that ends by itself.
process.once('SIGTERM', () => process.exit(0));
