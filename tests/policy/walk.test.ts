import { afterAll, beforeAll } from '@jest/globals';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { type Hub, startHub } from '../kit/hub.js';
import { TODAY } from './cast.js';
import { describeFields } from './fields.js';
import { describeRows } from './rows.js';
import { type Seed, seed } from './seed/index.js';
import { describeVerbs } from './verbs.js';

// One hub and one seed carry the three walks; the walk of the verbs comes last, because it writes.
let hub: Hub;
let seeded: Seed;
let schema: GraphQLSchema;

beforeAll(async () => {
  hub = await startHub({ demo: false, now: TODAY, env: { HUB_LISTING_STATEMENT_DAYS: '0', HUB_POOL: '2' } });
  seeded = await seed(hub);
  const { data } = await hub.graphql(getIntrospectionQuery());
  schema = buildClientSchema(data);
});
afterAll(async () => {
  await seeded?.close();
  await hub?.remove();
});

describeRows(
  () => hub,
  () => seeded,
);
describeFields(
  () => hub,
  () => seeded,
  () => schema,
);
describeVerbs(
  () => hub,
  () => seeded,
  () => schema,
);
