/**
 * How V8 is to keep house in the server, given to Node before the program: a young generation of 4 MB for
 * each half, and collecting the old one when it has grown by a fifth. Left to itself V8 lets garbage grow
 * as long as the machine has room, to 390 MB with 1,000 sockets and 100 orders a second instead of 245.
 * Set while the program runs they come too late for a part of it.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=20'] as const;
