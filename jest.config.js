// Run by `npm test` under Node 24 with --experimental-vm-modules: the tests are the same ES modules as the source.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  resolver: '<rootDir>/tests/kit/resolver.cjs',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          // As tsconfig.json says: both builds must see the same metadata and the same imports.
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: true,
            verbatimModuleSyntax: true,
          },
          keepClassNames: true,
        },
      },
    ],
  },
  setupFiles: ['<rootDir>/tests/kit/setup.cjs'],
  globalSetup: '<rootDir>/tests/kit/global-setup.mjs',
  globalTeardown: '<rootDir>/tests/kit/global-teardown.mjs',
  testSequencer: '<rootDir>/tests/kit/sequencer.mjs',
  testTimeout: 60_000,
  // Each file may have a hub and a Postgres of its own; two cores carry two.
  maxWorkers: 2,
};
