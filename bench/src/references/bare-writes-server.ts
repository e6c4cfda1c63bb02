import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/**
 * No GraphQL at all: a POST's body is made into the bytes of one message, and these are written to
 * every connection. What a delivery costs here, each server pays that runs on Node. PORT says where it
 * listens.
 */
const TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.end('{}');
    if (chunks.length > 0) tell(Buffer.concat(chunks).toString());
  });
});

const wires = new Set<Duplex>();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (request, wire: Duplex, head) => {
  sockets.handleUpgrade(request, wire, head, (socket) => {
    wires.add(wire);
    wire.on('close', () => wires.delete(wire));
    // The first message wants to be acknowledged, the others are subscriptions.
    socket.once('message', () => socket.send('{"type":"connection_ack"}'));
  });
});

function tell(order: string): void {
  const text = Buffer.from(
    `{"id":"0","type":"next","payload":{"data":{"orderChanged":{"cursor":"${Date.now()}","order":${order}}}}}`,
  );
  const header = Buffer.from([TEXT, LENGTH_IN_2_BYTES, text.length >> 8, text.length & 0xff]);
  const frame = Buffer.concat([header, text]);
  for (const wire of wires) wire.write(frame);
}

server.listen(Number(process.env['PORT']), '127.0.0.1');
// A profile is written by a program that ends by itself.
process.once('SIGTERM', () => process.exit(0));
