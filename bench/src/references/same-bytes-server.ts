import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * Raw node:http that reads a request and answers with the bytes of the file BYTES: nothing in Node
 * can answer as much faster. PORT says where it listens.
 */
const bytes = readFileSync(process.env['BYTES'] ?? '');

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
// A profile is written by a program that ends by itself.
process.once('SIGTERM', () => process.exit(0));
