import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { sendText } from './http-request.ts';
import { consoleContentSecurityPolicy } from './security-headers.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves the console's files; every path that is no file is the console's own page.
 * @param folder of the built console; read once
 */
export function consoleFiles(folder: string): RequestHandler {
  const policy = consoleContentSecurityPolicy(
    readFileSync(path.join(folder, 'index.html'), 'utf8'),
  );
  const serve = sirv(folder, {
    single: true,
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders(response, pathname) {
      // The build names these by their content.
      const immutable = pathname.startsWith('/_app/immutable/');
      response.setHeader(
        'cache-control',
        immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      response.setHeader('content-security-policy', policy);
    },
  });
  return (request, response) => {
    serve(request, response, () => notFound(request, response));
  };
}

/** The answer where there is nothing. */
export const notFound: RequestHandler = (_request, response) => {
  sendText(response, 404, 'text/plain; charset=utf-8', 'Not found\n');
};
