import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { CSRF_COOKIE } from '../access/cookies.ts';

export interface GraphqlAnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly field?: string;
    readonly details?: Record<string, unknown>;
    readonly retryable: boolean;
    readonly incidentId?: string;
  };
}

export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphqlAnswerError[];
}

export interface StreamedResult<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphqlAnswerError[];
}

/** The desk answered with errors; has all that a test may want to look at. */
export class GraphqlRequestError extends Error {
  override readonly name = 'GraphqlRequestError';
  readonly answer: GraphqlAnswer<unknown>;

  constructor(document: string, answer: GraphqlAnswer<unknown>) {
    super(
      `${answer.errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n')}\nin ${document}`,
    );
    this.answer = answer;
  }

  get first(): GraphqlAnswerError | undefined {
    return this.answer.errors[0];
  }

  get code(): string | undefined {
    return this.first?.extensions.code;
  }
}

export interface ClientOptions {
  /** Of the server: `http://127.0.0.1:1234`. */
  readonly url: string;
  readonly apiKey?: string;
}

export interface SocketUnderTest {
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Everything that the server has sent. */
  readonly messages: readonly unknown[];
  end(): void;
}

type Variables = Readonly<Record<string, unknown>>;

/** A caller of the API as a bot or a browser would be one: a key, or cookies and the CSRF token. */
export class GraphqlClient {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly cookies = new Map<string, string>();
  /** Browsers send their cookies' token by themselves; a test may take that away. */
  sendsCsrfToken = true;
  /** What a browser would say about the page that opens a WebSocket. */
  origin: string;

  constructor({ url, apiKey }: ClientOptions) {
    this.url = url;
    this.origin = url;
    this.apiKey = apiKey;
  }

  /** The data; every error is thrown. */
  async request<Data = Record<string, unknown>>(
    document: string,
    variables: Variables = {},
  ): Promise<Data> {
    const answer = await this.ask<Data>(document, variables);
    if (answer.errors.length > 0 || answer.data === null || answer.data === undefined) {
      throw new GraphqlRequestError(document, answer);
    }
    return answer.data;
  }

  /** The whole answer, with its errors. */
  ask<Data = Record<string, unknown>>(
    document: string,
    variables: Variables = {},
  ): Promise<GraphqlAnswer<Data>> {
    return this.post<Data>(JSON.stringify({ query: document, variables }));
  }

  /** Sends any bytes to /graphql. */
  async post<Data>(
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<GraphqlAnswer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers(), ...headers },
      body,
    });
    this.#keepCookies(response.headers);
    const { data, errors = [] } = (await response.json()) as {
      data?: Data | null;
      errors?: GraphqlAnswerError[];
    };
    return { status: response.status, headers: response.headers, data, errors };
  }

  /** What proves who sends the request. */
  headers(): Record<string, string> {
    const csrfToken = this.cookies.get(CSRF_COOKIE);
    return {
      ...(this.apiKey !== undefined && { authorization: `Bearer ${this.apiKey}` }),
      ...(this.cookies.size > 0 && { cookie: this.#cookieHeader() }),
      ...(csrfToken !== undefined && this.sendsCsrfToken && { 'x-csrf-token': csrfToken }),
    };
  }

  /** Signs an operator in; later requests are its own. */
  async signIn(email: string, password: string): Promise<void> {
    await this.request(
      `mutation SignIn($input: SignInInput!) { signIn(input: $input) { expiresAt } }`,
      { input: { email, password } },
    );
  }

  /**
   * Opens a WebSocket, subscribes once, and answers how the server closes it; ours is `end`.
   * For tests of the connection itself.
   */
  connect(document: string): SocketUnderTest {
    const { url, socket, parameters } = this.#socketParts();
    const opened = new socket(url, 'graphql-transport-ws');
    const messages: unknown[] = [];
    const send = (message: object): void => opened.send(JSON.stringify(message));
    opened.on('open', () => send({ type: 'connection_init', payload: parameters }));
    opened.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string };
      messages.push(message);
      if (message.type === 'connection_ack') {
        send({ type: 'subscribe', id: '1', payload: { query: document } });
      }
    });
    const closed = new Promise<{ code: number; reason: string }>((resolve) => {
      opened.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
      opened.on('error', () => undefined);
    });
    return { closed, messages, end: () => opened.terminate() };
  }

  #socketParts() {
    const { cookie, 'x-csrf-token': csrfToken, authorization } = this.headers();
    const { origin } = this;
    class SocketWithCookies extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: { origin, ...(cookie !== undefined && { cookie }) } });
      }
    }
    return {
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      socket: SocketWithCookies,
      parameters: {
        ...(authorization !== undefined && { authorization }),
        ...(csrfToken !== undefined && { csrfToken }),
      },
    };
  }

  /** One subscription on a socket of its own, which ends with it. */
  subscribe<Data = Record<string, unknown>>(
    document: string,
    variables: Variables = {},
  ): AsyncGenerator<StreamedResult<Data>> {
    const { url, socket, parameters } = this.#socketParts();
    const client = createClient({
      url,
      webSocketImpl: socket,
      retryAttempts: 0,
      connectionParams: parameters,
    });
    const stream = client.iterate<Data>({ query: document, variables: { ...variables } });
    return closingWith(
      stream as unknown as AsyncGenerator<StreamedResult<Data>>,
      () => void client.dispose(),
    );
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function closingWith<T>(inner: AsyncGenerator<T>, close: () => void): AsyncGenerator<T> {
  return {
    next: () => inner.next(),
    async return(value: unknown) {
      const result = await inner.return(value);
      close();
      return result;
    },
    throw: (error: unknown) => inner.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return(undefined);
    },
  };
}
