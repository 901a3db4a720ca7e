import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../scripts/city.mjs', import.meta.url));

interface Hello {
  readonly url: string;
  readonly publicKey: { kty: string; crv: string; x: string };
  readonly encryptionKey: { kty: string; crv: string; x: string };
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** 市平台 The city of rehearsals and tests, a process beside this one: what it is told in a line, it answers in one. */
export class CityProcess {
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #said = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly ended: Promise<void>,
  ) {
    child.stderr?.on('data', (text) => {
      this.#said += text;
    });
  }

  /** @param env all that it knows of its surroundings; default: what this process knows */
  static async start(options: object, env?: NodeJS.ProcessEnv): Promise<{ city: CityProcess; hello: Hello }> {
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], {
      ...(env ? { env } : {}),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    const city = new CityProcess(child, ended);
    const hello = await new Promise<Hello>((resolve, reject) => {
      void ended.then(() => reject(city.#end()));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const { id, answer, error, ...said } = JSON.parse(line);
        if (said.url) resolve(said);
        else if (error) city.#waiting.get(id)?.reject(new Error(error));
        else city.#waiting.get(id)?.resolve(answer);
      });
    });
    return { city, hello };
  }

  ask<T>(does: string, what: object = {}): Promise<T> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      void this.ended.then(() => reject(this.#end()));
      this.child.stdin?.write(`${JSON.stringify({ id, does, ...what })}\n`);
    });
  }

  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
  }

  readonly #end = () => new Error(`the city ended:\n${this.#said}`);
}
