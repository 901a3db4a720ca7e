import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, print } from 'graphql';
import type { GraphqlError, GraphqlOptions } from './hub.js';

export interface StreamEvent<T> {
  data?: T | null;
  errors?: GraphqlError[];
}

export interface Stream<T> {
  readonly status: number;
  readonly contentType: string;
  /** body of an answer that is no stream */
  readonly body: unknown;
  /** results as they come; ends with the stream */
  readonly events: AsyncIterableIterator<StreamEvent<T>>;
  /** whether it said that it is complete, once it has ended */
  readonly complete: () => boolean;
  /** as a client that goes away */
  leave(): void;
}

/** Asks for a subscription as a plain client of server-sent events does: a POST, read line by line. */
export async function stream<T, V>(
  url: string,
  query: string | TypedDocumentNode<T, V>,
  variables: V,
  { token, headers }: GraphqlOptions = {},
): Promise<Stream<T>> {
  const left = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    signal: left.signal,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query: typeof query === 'string' ? query : print(query as DocumentNode), variables }),
  });
  const contentType = response.headers.get('content-type') ?? '';
  const isStream = contentType.startsWith('text/event-stream');
  let complete = false;
  async function* events(): AsyncIterableIterator<StreamEvent<T>> {
    let text = '';
    for await (const bytes of response.body as ReadableStream<Uint8Array>) {
      text += new TextDecoder().decode(bytes);
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const message = text.slice(0, end);
        text = text.slice(end + 2);
        if (/^event: complete/m.test(message)) complete = true;
        else if (/^event: next/m.test(message)) yield JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? 'null');
      }
    }
  }
  return {
    status: response.status,
    contentType,
    body: isStream ? null : await response.json(),
    events: events(),
    complete: () => complete,
    leave: () => left.abort(),
  };
}

/** All events to the end. */
export async function allOf<T>(of: Stream<T>): Promise<StreamEvent<T>[]> {
  const events = [];
  for await (const event of of.events) events.push(event);
  return events;
}
