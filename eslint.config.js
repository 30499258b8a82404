import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The house, left to right (docs/design: "a stage may import stages to its left, never to its right").
 * A folder may import everything before it in this list and itself; `console`, `cli.ts`, `main.ts` and `app.module.ts` may use everything.
 */
const house = [
  'kernel',
  'platform',
  'ledger',
  'adapters',
  'statements',
  'matching',
  'credit',
  'law',
  'dunning',
  'dossier',
  'correspondence',
  'handover',
  'writeback',
  'reporting',
  'cycle',
  'sandbox',
  'console',
];

const relative = (folders) => `^(\\.\\./)+(${folders.join('|')})/`;

const directions = house.slice(0, -1).map((folder, at) => ({
  files: [`src/${folder}/**/*.ts`],
  ignores: [`src/${folder}/**/rules/**/*.ts`, `src/${folder}/**/*.spec.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: relative(house.slice(at + 1)),
            message: `${folder} may import only what stands to its left in the house (see eslint.config.js).`,
          },
          { regex: '^(\\.\\./)+(cli|main|app\\.module)\\.js$', message: 'Nothing imports the entry points.' },
        ],
      },
    ],
  },
}));

const rulesPurity = house.map((folder, at) => ({
  files: [`src/${folder}/**/rules/**/*.ts`, ...(folder === 'kernel' ? ['src/kernel/**/*.ts'] : [])],
  ignores: ['**/*.spec.ts', 'src/kernel/clock.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^(@nestjs|typeorm|pg|pg-boss|axios|nodemailer|fastify|@electric-sql)',
            message: 'A rule is a plain function: no framework, no database, no network.',
          },
          { regex: '^node:(?!util/types)', message: 'A rule does no I/O.' },
          { regex: relative(house.slice(at + 1)), message: 'A rule imports kernel and rules to its left only.' },
          { regex: '^(\\.\\./){2,}(?!kernel/)[a-z-]+/(?!(.*/)?rules/).*\\.js$', message: 'A rule imports kernel and other rules only.' },
        ],
      },
    ],
    'no-restricted-globals': [
      'error',
      { name: 'process', message: 'A rule does no I/O.' },
      { name: 'fetch', message: 'A rule does no I/O.' },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The clock is passed in.' },
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is passed in.' },
      { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Randomness is passed in.' },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', '.tegoed/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  ...directions,
  ...rulesPurity,
);
