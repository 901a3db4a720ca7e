import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { printCatalogue } from './catalogue/compile/docs.js';
import { printQualityRules } from './catalogue/compile/quality.js';
import { printEvents, printPermissions } from './permissions/compile/docs.js';
import { labelledFields } from './permissions/compile/labels.js';
import { printPolicySql } from './permissions/compile/rls.js';
import { buildPlainSchema, printSorted } from './schema/build.js';
import { printPatrol } from './services/patrol/print.js';

// Everything that is printed from the code: committed, read in review, and proven fresh by .ci/run.
const schema = buildPlainSchema();
const files = {
  'src/schema/schema.graphql': printSorted(schema),
  'migrations/policy.sql': printPolicySql(),
  'docs/generated/permissions.md': printPermissions(labelledFields(schema)),
  'docs/generated/events.md': printEvents(),
  'docs/generated/catalogue.md': printCatalogue(),
  'docs/generated/patrol.md': printPatrol(),
  'docs/generated/quality-rules.md': printQualityRules(),
};
mkdirSync('docs/generated', { recursive: true });
for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
