/** PostgreSQL cannot be brought up on this machine; the message is one sentence for people. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: 'PORT_TAKEN' | 'FOLDER_UNUSABLE' | 'NO_ACCOUNT' | 'NO_PROGRAMS' | 'BROKEN';

  constructor(code: EmbeddedPostgresError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
