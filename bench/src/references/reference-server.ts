import { fileURLToPath } from 'node:url';
import { ApiCaller } from '../desk/api-caller.ts';
import { freePort } from '../desk/bench-postgres.ts';
import { ChildProgram } from '../desk/child-program.ts';
import type { RowContext } from '../row.ts';

export interface ReferenceServer {
  readonly program: ChildProgram;
  readonly url: string;
  readonly caller: ApiCaller;
}

/** Starts one of the programs of this folder: `hello` is hello-server.ts. */
export async function startReference(
  { folder, defer }: RowContext,
  name: 'hello' | 'same-bytes' | 'stock-streams' | 'bare-writes',
  connections: number,
  env: Readonly<Record<string, string>> = {},
): Promise<ReferenceServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = await ChildProgram.start({
    name,
    args: [fileURLToPath(new URL(`${name}-server.ts`, import.meta.url))],
    env: { ...env, PORT: port.toString() },
    folder,
    readyUrl: `${url}/healthz`,
  });
  defer(() => program.stop());
  const caller = new ApiCaller(url, null, connections);
  defer(() => caller.close());
  return { program, url, caller };
}
