/**
 * For a process that does everything on a small machine: a young generation of 4 MB for each half, and
 * collecting the old one when it has grown by a fifth. Left to itself V8 lets garbage grow as long as the
 * machine has room, to 330 MB with 1,000 sockets and 100 orders a second instead of 250.
 */
export const SMALL_HEAP = ['--max-semi-space-size=4', '--heap-growing-percent=20'] as const;

/**
 * For a process that only answers requests: nearly all that it makes for a request is garbage right after it.
 * In a young generation of 32 MB for each half hardly any of it lives long enough to be moved.
 */
const ROOMY_HEAP = ['--max-semi-space-size=32'] as const;

/**
 * How V8 is to keep house in a server with these roles, given to Node before the program: set while it runs
 * they come too late for a part of it. A process of the role api alone is half as fast again with the room
 * that it takes (docs/performance.md, "Placing").
 */
export function heapFlags(roles: readonly string[]): readonly string[] {
  return roles.length === 1 && roles[0] === 'api' ? ROOMY_HEAP : SMALL_HEAP;
}

/**
 * What a server's environment says beside, whatever its roles: glibc gives each thread that allocates a heap
 * of its own, eight for each core, and hardly gives back what those have grown by. With two of them 1,000
 * sockets and 100 orders a second take 15 MB less.
 */
export const HEAP_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' } as const;
