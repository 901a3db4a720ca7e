import { Agent, request } from 'node:http';

export interface Sent {
  status: number;
  headers: Headers;
  text: string;
}

const agent = new Agent({ keepAlive: true });

/** What `fetch` would send and answer, at a fifth of its cost: whole walks are made of nothing else. */
export function post(url: string, headers: Record<string, string>, body: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('error', reject).on('end', () => {
        const said = new Headers();
        for (let i = 0; i < answer.rawHeaders.length; i += 2)
          said.append(answer.rawHeaders[i] as string, answer.rawHeaders[i + 1] as string);
        resolve({ status: answer.statusCode as number, headers: said, text });
      });
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a connection that nothing was asked on for long, just as something was: it was not heard.
      if (asked.reusedSocket && error.code === 'ECONNRESET') post(url, headers, body).then(resolve, reject);
      else reject(error);
    });
    asked.end(body);
  });
}
