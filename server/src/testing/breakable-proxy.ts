import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** cut ends the connection, reset breaks it, stall passes nothing on and says nothing. */
export type Break = 'cut' | 'reset' | 'stall';

export interface Fault {
  readonly how: Break;
  /** What the client says when it happens; undefined: with its first byte. */
  readonly at: string | undefined;
  /** Whether the server still hears that. Its answer is lost in any case. */
  readonly heard: boolean;
}

/** Stands between a client and PostgreSQL and breaks connections at a word of the client. */
export class BreakableProxy {
  readonly url: string;
  /** Times that the fault has happened. */
  broken = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #fault: Fault | undefined;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    const url = new URL(target);
    url.hostname = '127.0.0.1';
    url.port = (server.address() as AddressInfo).port.toString();
    this.url = url.href;
    server.on('connection', (client) => this.#join(client, target));
  }

  static async start(target: string): Promise<BreakableProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new BreakableProxy(server, new URL(target));
  }

  /** From now on, at every connection. */
  breakAt(fault: Fault): void {
    this.#fault = fault;
    this.broken = 0;
  }

  /** New bytes pass again; what was stalled stays so. */
  heal(): void {
    this.#fault = undefined;
  }

  /** Connections that are open at the client's end. */
  get open(): number {
    return [...this.#sockets].filter((socket) => !socket.destroyed).length / 2;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, target: URL): void {
    const server = connect(Number(target.port), target.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    let isStalled = false;
    client.on('close', () => server.destroy());
    server.on('close', () => {
      if (!isStalled) client.destroy();
    });
    client.on('data', (bytes) => {
      if (isStalled) return;
      const fault = this.#fault;
      if (!fault || (fault.at !== undefined && !bytes.includes(fault.at))) {
        server.write(bytes);
        return;
      }
      this.broken += 1;
      isStalled = true;
      if (fault.heard) server.write(bytes);
      if (fault.how === 'cut') client.end();
      if (fault.how === 'reset') client.resetAndDestroy();
    });
    server.on('data', (bytes) => {
      if (!isStalled) client.write(bytes);
    });
  }
}
