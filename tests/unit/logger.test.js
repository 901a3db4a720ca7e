import { expect, test } from '@jest/globals';
import { createLogger } from '../../src/platform/logger.js';

function logged(write) {
  const lines = [];
  write(createLogger({ level: 'trace', to: 'stdout' }, { write: (line) => void lines.push(line) }));
  for (const line of lines) JSON.parse(line);
  return lines.join('');
}
const ID = '370830199001010013';
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
test('no citizen id gets through, wherever it stands', () => {
  const text = logged((log) => {
    log.info(`某人 ${ID}`);
    log.info({ a: { b: { c: { d: [ID] } } } }, 'deep');
    log.warn({ err: new Error(`line\n${ID}\n11010519491231002x`) }, 'error');
    log.info({ n: 370830199001010000 }, 'number');
    log.child({ who: ID }).info('%s and %s', `${ID},`, `id${ID}`);
  });
  expect(text).not.toContain(ID);
  expect(text).not.toContain('11010519491231002');
  expect(text).not.toContain('370830199001010000');
  expect(text).toContain('370830********0013');
});
test('nor a header, a variable, a token or a password', () => {
  const text = logged((log) => {
    log.info({ req: { headers: { authorization: `Bearer ${TOKEN}` } }, variables: { name: '张三' } }, 'request');
    log.info({ operation: { variables: { name: '张三' } } }, `with ${TOKEN}`);
    log.error({ err: new Error('connect postgres://hub_app:hunter2@%2Ftmp/hub') }, 'database');
  });
  for (const secret of [TOKEN, '张三', 'hunter2']) expect(text).not.toContain(secret);
});
