import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, environmentVariables, readEnvironment } from './environment.ts';

const recipient = `age1${'q'.repeat(58)}`;
const good = {
  DATABASE_URL: 'postgres://desk:s3cret@127.0.0.1:5432/energy_desk',
  TRON_NETWORK: 'local',
  TRON_NODES: 'http://127.0.0.1:18090/',
  KEY_RECIPIENT: recipient,
  KEY_IDENTITY_FILE: '/keys/identity',
};

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('readEnvironment', () => {
  it('fills in what is left out', () => {
    expect(readEnvironment(good)).toMatchObject({
      databasePool: 10,
      databaseTimeoutMs: 30_000,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      roles: ['api', 'worker', 'watcher'],
      tronNodes: ['http://127.0.0.1:18090'],
      tronGenesis: undefined,
      jobsUrl: undefined,
      explorerUrl: undefined,
      logLevel: 'info',
      logPretty: false,
      sessionHours: 12,
      trustProxy: 0,
    });
  });

  it('reads every value that is given', () => {
    const genesis = 'ab'.repeat(32);
    const environment = readEnvironment({
      ...good,
      DATABASE_POOL: '33',
      HOST: '0.0.0.0',
      PORT: '8080',
      PUBLIC_URL: 'https://desk.example.com/',
      ROLES: 'watcher, api',
      TRON_NODES: 'https://one.example.com, https://two.example.com/',
      TRON_API_KEY: 'abc',
      TRON_NODE_LIMITS: 'one.example.com=15/30,two.example.com=none',
      TRON_GENESIS: genesis,
      JOBS_URL: 'mongodb://jobs/desk',
      CONSOLE_DIR: 'console/build',
      EXPLORER_URL: 'https://explorer.example.com/#',
      LOG_LEVEL: 'debug',
      LOG_PRETTY: 'true',
      SESSION_HOURS: '8',
      TRUST_PROXY: '1',
      METRICS_TOKEN: '0123456789abcdef',
      FIRST_OPERATOR_EMAIL: 'me@example.com',
      INSTANCE_NAME: 'api-1',
    });
    expect(environment).toEqual({
      databaseUrl: good.DATABASE_URL,
      databasePool: 33,
      databaseTimeoutMs: 30_000,
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://desk.example.com',
      roles: ['api', 'watcher'],
      tronNetwork: 'local',
      tronNodes: ['https://one.example.com', 'https://two.example.com'],
      tronApiKey: 'abc',
      tronNodeLimits: new Map([
        ['one.example.com', { perSecond: 15, burst: 30 }],
        ['two.example.com', null],
      ]),
      tronGenesis: genesis,
      jobsUrl: 'mongodb://jobs/desk',
      keyRecipient: recipient,
      keyIdentityFile: '/keys/identity',
      signerDir: '/keys/signer',
      consoleDir: 'console/build',
      explorerUrl: 'https://explorer.example.com/#',
      logLevel: 'debug',
      logPretty: true,
      sessionHours: 8,
      trustProxy: 1,
      metricsToken: '0123456789abcdef',
      firstOperatorEmail: 'me@example.com',
      instanceName: 'api-1',
    });
  });

  it('knows block 0 of the public networks, and believes a given one over it', () => {
    expect(readEnvironment({ ...good, TRON_NETWORK: 'mainnet' }).tronGenesis).toMatch(/6653dc$/);
    expect(readEnvironment({ ...good, TRON_NETWORK: 'nile' }).tronGenesis).toMatch(
      /d690dc$|8690dc$/,
    );
    const own = '0'.repeat(64);
    expect(readEnvironment({ ...good, TRON_NETWORK: 'nile', TRON_GENESIS: own }).tronGenesis).toBe(
      own,
    );
  });

  it.each([
    ['DATABASE_URL', 'mysql://desk@host/db'],
    ['DATABASE_URL', 'postgres://host'],
    ['DATABASE_URL', '127.0.0.1:5432'],
    ['DATABASE_POOL', '0'],
    ['DATABASE_POOL', 'many'],
    ['HOST', 'http://127.0.0.1'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', '0x10'],
    ['PUBLIC_URL', 'desk.example.com'],
    ['ROLES', 'api,boss'],
    ['TRON_NETWORK', 'ropsten'],
    ['TRON_NODES', 'https://one.example.com,two'],
    ['TRON_API_KEY', 'two words'],
    ['TRON_NODE_LIMITS', 'api.trongrid.io'],
    ['TRON_GENESIS', 'abcd'],
    ['JOBS_URL', 'redis://host'],
    ['KEY_RECIPIENT', 'AGE-SECRET-KEY-1QQ'],
    ['KEY_IDENTITY_FILE', 'AGE-SECRET-KEY-1QQ'],
    ['EXPLORER_URL', 'tronscan'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_PRETTY', 'yes'],
    ['SESSION_HOURS', '0'],
    ['TRUST_PROXY', '-1'],
    ['METRICS_TOKEN', 'short'],
    ['FIRST_OPERATOR_EMAIL', 'nobody'],
    ['INSTANCE_NAME', 'a b'],
  ])('refuses %s=%s in one sentence that names it', (name, value) => {
    const problems = problemsOf({ ...good, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} is .+: .+\\.$`));
    expect(problems[0]).not.toContain('\n');
  });

  it.each(['DATABASE_URL', 'TRON_NETWORK', 'TRON_NODES', 'KEY_RECIPIENT', 'KEY_IDENTITY_FILE'])(
    'says that %s is missing, also when it is empty',
    (name) => {
      for (const value of [undefined, '', '  ']) {
        expect(problemsOf({ ...good, [name]: value })).toEqual([
          expect.stringMatching(new RegExp(`^${name} is missing.*: .+\\.$`)),
        ]);
      }
    },
  );

  it('asks for a key only where the role needs it', () => {
    expect(
      problemsOf({ ...good, ROLES: 'watcher', KEY_RECIPIENT: '', KEY_IDENTITY_FILE: '' }),
    ).toEqual([]);
    expect(problemsOf({ ...good, ROLES: 'api', KEY_IDENTITY_FILE: '' })).toEqual([]);
    expect(problemsOf({ ...good, ROLES: 'worker', KEY_RECIPIENT: '' })).toEqual([]);
  });

  it('tells every bad variable at once, and no secret', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://desk:s3cret@host/db',
      JOBS_URL: 's3cret',
      METRICS_TOKEN: 's3cret',
      KEY_IDENTITY_FILE: 'AGE-SECRET-KEY-s3cret',
    });
    expect(problems.length).toBe(6);
    expect(problems.join('\n')).not.toContain('s3cret');
  });
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const names = [...example.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((match) => match[1] ?? '');

  it('has every variable that the server or docker-compose.yml reads, once, and no other', () => {
    const compose = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
    const forCompose = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1] ?? '');
    const read = new Set([...environmentVariables, ...forCompose]);
    expect(names.toSorted()).toEqual([...read].toSorted());
  });

  it('gives no secret a value', () => {
    expect(example).not.toMatch(/^#?\w*(PASSWORD|TOKEN|KEY|RECIPIENT)=\S/m);
  });

  it('describes each above its line', () => {
    const lines = example.split('\n');
    for (const name of names) {
      let line = lines.findIndex((text) => text.replace('#', '').startsWith(`${name}=`));
      while (/^#?[A-Z_]+=/.test(lines[line - 1] ?? '')) line -= 1;
      expect(lines[line - 1], name).toMatch(/^# \S/);
    }
  });
});
