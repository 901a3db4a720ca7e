import { writeFileSync } from 'node:fs';
import { printPolicySql } from './permissions/compile/rls.js';

writeFileSync('migrations/policy.sql', printPolicySql());
