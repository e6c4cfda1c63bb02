import { createServer, type Server } from 'node:http';
import type { PlainRoute } from './health-routes.ts';

/** The plain health paths alone, for a process that serves no API. */
export class HealthServer {
  readonly #http: Server;
  readonly #address: { readonly host: string; readonly port: number };

  constructor(
    routes: Readonly<Record<string, PlainRoute>>,
    address: { readonly host: string; readonly port: number },
  ) {
    this.#address = address;
    this.#http = createServer((request, response) => {
      const route = routes[new URL(request.url ?? '/', 'http://local').pathname];
      if (!route) {
        response.writeHead(404).end();
        return;
      }
      Promise.resolve(route(request)).then(
        ({ status, contentType, body }) =>
          response.writeHead(status, { 'content-type': contentType }).end(body),
        () => response.writeHead(500).end(),
      );
    });
  }

  /** Listens; answers with the port. */
  start(): Promise<number> {
    const { host, port } = this.#address;
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, host, () => {
        const bound = this.#http.address();
        resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => {
        resolve();
      });
      this.#http.closeAllConnections();
    });
  }
}
