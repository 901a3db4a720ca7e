import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { HubError } from '../errors.js';
import { tooMuch, unreadable, WORKBOOK_LIMITS } from './refusals.js';

export type Attributes = Readonly<Record<string, string>>;

/** What a part is read by. Names come without their prefix: writers differ in it. */
export interface Reader {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads a part of XML as its bytes come; yields after every block, so that what was read can be taken away. A document
 * type is refused: so nothing is defined in it, fetched for it, or grows by it.
 */
export async function* readXml(blocks: AsyncIterable<Buffer>, reader: Reader): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const local = localNames();
  let silent = 0;
  let depth = 0;
  const heard = () => {
    silent = 0;
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw unreadable('含有 DOCTYPE', 'a document type is not taken');
  });
  parser.on('opentag', ({ name, attributes }) => {
    heard();
    depth += 1;
    if (depth > WORKBOOK_LIMITS.depth) throw tooMuch('嵌套过深', 'nested too deep');
    reader.open(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    heard();
    depth -= 1;
    reader.close(local(name));
  });
  parser.on('text', (text) => {
    heard();
    reader.text(text);
  });
  parser.on('cdata', (text) => {
    heard();
    reader.text(text);
  });
  try {
    for await (const block of blocks) {
      const text = decoder.decode(block, { stream: true });
      silent += text.length;
      parser.write(text);
      if (silent > WORKBOOK_LIMITS.rowLength) throw tooMuch('内容过长', 'a text or tag is too long');
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw error instanceof HubError ? error : unreadable('部件不是有效的 XML', 'a part is not well-formed XML', error);
  }
}

/** Reads a part whole that is small, or whose reader keeps little of it. */
export async function readThrough(blocks: AsyncIterable<Buffer>, reader: Reader): Promise<void> {
  const reading = readXml(blocks, reader);
  while (!(await reading.next()).done);
}

/** Elements alone. */
export const elements = (open: Reader['open']): Reader => ({ open, close: () => {}, text: () => {} });

/** `_x000D_`: how XLSX writes characters that XML does not take. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

function localNames(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      found = name.slice(name.indexOf(':') + 1);
      if (known.size < 1000) known.set(name, found);
    }
    return found;
  };
}
