import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makePgSmartTagsPlugin } from 'postgraphile/utils';
import { GENERIC_PLANS } from '../../src/platform/postgres/prepared.js';

const { databaseUrl, settings } = JSON.parse(process.env['BENCH_SETUP'] as string) as {
  databaseUrl: string;
  settings: Record<string, Record<string, string>>;
};

// As it comes, under the same policies: the weak login, and the settings that row security reads. Who asks is taken from
// a header unproved, which spares it the token that the hub checks.
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // Amber calls an `id` `rowId`: a table that has a `row_id` too would end the schema it stands in.
  plugins: [
    makePgSmartTagsPlugin({
      kind: 'attribute',
      match: ({ attname }: { attname: string }) => attname === 'row_id',
      tags: { name: 'row_ref' },
    } as never),
  ],
  // It would offer no condition on a column without an index: the counts by type need one.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({
      connectionString: databaseUrl,
      schemas: ['public', 'bench'],
      poolConfig: { max: 10, options: GENERIC_PLANS },
    }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: {
    explain: false,
    context: (request) => ({
      pgSettings: settings[String(request.node?.req.headers['x-bench-workload'])] ?? {},
    }),
  },
});
const serv = instance.createServ(grafserv);
const server = createServer();
server.keepAliveTimeout = 65_000;
await serv.addTo(server);
await instance.getSchema();
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ msg: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`,
  );
});
process.once('SIGTERM', () => process.exit(0));
