/** Where a process is to fall: at a statement or at a request to a node, and how. */
export interface Strike {
  readonly on: 'sql' | 'http';
  /** Regular expression over the statement with its texts among the parameters, or over the path. */
  readonly match: string;
  /** SQL only: an earlier statement of the same transaction matches this too. */
  readonly within?: string;
  /**
   * `before` nothing has left the process; `during` it was just handed to the socket and its answer
   * is not there; `after` the answer is there and nobody in the process has seen it.
   */
  readonly when: 'before' | 'during' | 'after';
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** Names the file that arms a process: the runner writes it, the process takes it. */
export const STRIKE_FILE = 'CRASH_STRIKE_FILE';

/** Written by the process in the instant before it falls. */
export const struckFile = (strikeFile: string): string => `${strikeFile}.struck`;
