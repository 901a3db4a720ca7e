import type { AddressInfo } from 'node:net';
import { limitServer } from './server.js';

const { databaseUrl, clerk, today } = JSON.parse(process.env['BENCH_SETUP'] as string);
const server = limitServer(databaseUrl, clerk, today);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ msg: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`,
  );
});
process.once('SIGTERM', () => process.exit(0));
