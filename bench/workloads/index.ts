import { W1, W5 } from './checks.js';
import { W2, W3, W4, W6 } from './reads.js';
import type { Workload } from './types.js';

export const WORKLOADS: readonly Workload[] = [W1, W2, W3, W4, W5, W6];
