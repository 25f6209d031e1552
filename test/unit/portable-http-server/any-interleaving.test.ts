import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Client, idOf, ServerUnderTest, type Overlapped } from './server-under-test';
import { decodeStruct } from '../../../preload/contract/win32/struct-codec';
import type { Address } from '../../../preload/contract/win32/memory';

/** What an application and its clients may do next; `pick` chooses among what there is. */
type Move =
  | { readonly kind: 'ask'; readonly body: boolean; readonly pipelined: boolean }
  | { readonly kind: 'receive' | 'read' | 'answer' | 'begin' | 'more' | 'cancel' | 'cancel-overlapped' | 'wait' | 'leave' | 'cancel-io' | 'turn'; readonly pick: number };

const moves = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('ask' as const), body: fc.boolean(), pipelined: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom('receive', 'receive', 'read', 'answer', 'begin', 'more', 'cancel', 'cancel-overlapped', 'wait', 'leave', 'cancel-io', 'turn' as const),
      pick: fc.nat(7),
    }),
  ),
  { minLength: 4, maxLength: 24 },
);

/** More of them where there is time: 10,000 take a minute. The seed of a failure is in its report. */
const SEQUENCES = Number(process.env['HINSPECTOR_SEQUENCES'] ?? 200);
const PENDING = 997;
const GONE = 1229;

/** One run: what was started, and what came of it. */
class Play {
  readonly server = new ServerUnderTest();
  private readonly clients: Client[] = [];
  private readonly receives: { readonly overlapped: Overlapped; readonly buffer: Address }[] = [];
  private readonly connections: bigint[] = [];
  /** OVERLAPPEDs by what their call answered. */
  readonly started = new Map<Address, number>();
  readonly cancelled: bigint[] = [];
  private port = 0;
  queue = 0n;

  async begin(): Promise<void> {
    ({ port: this.port, queue: this.queue } = await this.server.serve());
  }

  /** Ids of requests that a receive has delivered, dead ones among them. */
  get ids(): readonly bigint[] {
    const done = new Set(this.server.completions.filter(({ error }) => error === 0).map(({ overlapped }) => overlapped));
    return this.receives.filter(({ overlapped }) => this.started.get(overlapped.address) === 0 || done.has(overlapped.address)).map(({ buffer }) => {
      const fields = decodeStruct(this.server.memory, 'HTTP_REQUEST_V2', buffer);
      this.connections.push(idOf(fields, 'ConnectionId'));
      return idOf(fields);
    });
  }

  async step(move: Move): Promise<void> {
    if (move.kind === 'ask') return this.ask(move.body, move.pipelined);
    const { server, queue } = this;
    const { ids } = this;
    const id = ids.length === 0 ? 0xdeadn : (ids[move.pick % ids.length] ?? 0xdeadn);
    switch (move.kind) {
      case 'receive': {
        const { code, overlapped, buffer } = await server.receivePending(queue);
        this.started.set(overlapped.address, code);
        this.receives.push({ overlapped, buffer });
        return;
      }
      case 'read': return this.overlapped('HttpReceiveRequestEntityBody', { RequestId: id, EntityBuffer: server.memory.alloc(64), EntityBufferLength: 64 });
      case 'answer': return void (await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['whole'] }));
      case 'begin': return void (await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['part'] }, 2));
      case 'more': return void (await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, ...server.chunks('rest') }));
      case 'cancel': {
        const code = await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id });
        expect([0, GONE]).toContain(code);
        if (code === 0) this.cancelled.push(id);
        return;
      }
      case 'cancel-overlapped': return this.overlapped('HttpCancelHttpRequest', { RequestId: id });
      case 'wait': return this.overlapped('HttpWaitForDisconnect', { ConnectionId: this.connections[move.pick % Math.max(1, this.connections.length)] ?? 0xdeadn });
      case 'leave': return this.clients[move.pick % Math.max(1, this.clients.length)]?.close();
      case 'cancel-io': {
        const all = [...this.started.keys()];
        await server.call('CancelIoEx', { hFile: queue, lpOverlapped: all[move.pick % Math.max(1, all.length)] ?? 0n });
        return;
      }
      case 'turn': return new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Ends everything, as an application does. */
  async end(): Promise<void> {
    await this.server.code('HttpCloseRequestQueue', { RequestQueueHandle: this.queue });
    for (const client of this.clients) client.close();
    await new Promise((resolve) => setTimeout(resolve, 2));
    await this.server.dispose();
  }

  private async ask(body: boolean, pipelined: boolean): Promise<void> {
    const client = await Client.connect(this.port);
    this.clients.push(client);
    if (body) client.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf');
    else client.get(this.port, '/');
    if (pipelined && !body) client.get(this.port, '/behind');
  }

  private async overlapped(
    name: 'HttpReceiveRequestEntityBody' | 'HttpCancelHttpRequest' | 'HttpWaitForDisconnect', args: Readonly<Record<string, bigint | number>>,
  ): Promise<void> {
    const { address } = await this.server.overlapped();
    this.started.set(address, await this.server.code(name, { RequestQueueHandle: this.queue, Overlapped: address, ...args }));
  }
}

describe('any interleaving of an application and its clients', () => {
  test('every operation that pended completes once and no other does; a cancelled request is gone', async () => {
    await fc.assert(fc.asyncProperty(moves, async (sequence) => {
      const play = new Play();
      await play.begin();
      try {
        for (const move of sequence) await play.step(move);
        for (const id of play.cancelled) {
          expect(await play.server.respond(play.queue, id, { StatusCode: 200 })).toBe(GONE);
          expect(await play.server.code('HttpCancelHttpRequest', { RequestQueueHandle: play.queue, RequestId: id })).toBe(GONE);
        }
      } finally {
        await play.end();
      }
      const completed = play.server.completions.map(({ overlapped }) => overlapped);
      for (const [address, code] of play.started) {
        expect(completed.filter((one) => one === address)).toHaveLength(code === PENDING ? 1 : 0);
      }
    }), { numRuns: SEQUENCES });
  }, 600_000);
});
