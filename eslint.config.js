import js from '@eslint/js';
import { createNodeResolver, flatConfigs as importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { roomArrows } from './lint/room-arrows.js';
import { timeAndChance } from './lint/time-and-chance.js';

const desk = { rules: { 'room-arrows': roomArrows, 'time-and-chance': timeAndChance } };
const configFiles = ['**/*.config.{js,ts}', '**/vitest.*.ts'];
const generated = ['**/generated/**', 'console/src/lib/gql/**'];

/** ORM, GraphQL and Node stay out of pure code. */
const impure = [
  {
    group: ['@mikro-orm/*', 'pg', 'agenda', '@agendajs/*'],
    message: 'Pure code knows no database.',
  },
  { group: ['graphql', 'graphql-*', 'type-graphql'], message: 'Pure code knows no GraphQL.' },
  { group: ['node:*'], message: 'Pure code knows no Node API.' },
];

const signerStranger = [
  ...['@mikro-orm/*', 'pg', 'agenda', '@agendajs/*', 'mongodb', 'undici', 'ws', 'tronweb'],
  ...['net', 'tls', 'dgram', 'dns', 'http', 'http2', 'https'].map((name) => `node:${name}`),
];

export default defineConfig(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/build/**',
      '**/.svelte-kit/**',
      '**/coverage/**',
      '.data/**',
      'bot/**',
      ...generated,
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  svelte.configs['flat/recommended'],
  {
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { desk, 'import-x': importX.recommended.plugins['import-x'] },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/extensions': ['.ts', '.js'],
    },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      // A class of fields with decorators is how type-graphql and MikroORM are told things.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['server/src/**/*.ts', 'devnet/src/**/*.ts'],
    rules: {
      'desk/time-and-chance': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    rules: {
      'desk/room-arrows': 'error',
      // A resolver returns what fits its GraphQL class; the class itself is only a declaration.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['server/src/kernel/**/*.ts', 'server/src/*/*-states.ts', 'server/src/*/postings.ts'],
    ignores: ['**/*.test.ts', 'server/src/kernel/clock*.ts', 'server/src/kernel/random*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: impure }] },
  },
  {
    files: ['server/src/signer/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: signerStranger, message: 'The signer knows no database, no network.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'fetch', 'WebSocket'],
    },
  },
  {
    // Where real time and real chance come in: the door itself, tests, the programs that start
    // processes, and the entry points of the local network.
    files: [
      'server/src/kernel/clock*.ts',
      'server/src/kernel/random*.ts',
      'server/src/database/embedded-postgres*.ts',
      'server/src/testing/**/*.ts',
      'server/src/simulation/**/*.ts',
      'server/src/crash/**/*.ts',
      'devnet/src/system.ts',
      'devnet/src/main.ts',
      'devnet/src/testing/**/*.ts',
      '**/*.test.ts',
    ],
    rules: { 'desk/time-and-chance': 'off' },
  },
  {
    files: ['server/src/database/migrations/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  // A test file tells one story after another; splitting it by length would hide none of them.
  { files: ['**/*.test.ts'], rules: { 'max-lines': ['error', { max: 450 }] } },
  {
    // Programs speak on the terminal.
    files: [
      'local/**',
      'devnet/src/main.ts',
      'server/src/prepare.ts',
      'server/src/crash/main.ts',
      'server/src/crash/test-deposits.ts',
      'bench/src/main.ts',
      '**/print-schema.ts',
      '**/check-migrations.ts',
      'server/src/simulation/simulate.ts',
      'server/src/simulation/kill-mutants.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.test.ts', 'server/src/testing/**/*.ts'],
    rules: {
      // expect(object.method) names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: configFiles, rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['console/src/**'],
    languageOptions: { globals: { ...globals.browser } },
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: tseslint.parser },
    },
  },
  {
    // A generic component's types are known to svelte-check (strict, in `npm run check`) and not to
    // this parser, which takes them for any.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
