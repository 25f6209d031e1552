// Drives the binding of HttpCancelHttpRequest on a DLL that reports what reached it. Arguments: DLL, FILE for the report.
import { NativeEngine } from '../../../electron/engine/native/native-engine';
import { SYSTEM_DLLS } from '../../../electron/engine/native/bound-functions';
import { WindowsProcess } from '../../../electron/engine/native/system';
import { call, listener, program, report } from './report';

const [, , dll = '', file = ''] = process.argv;
const QUEUE = 0x1234_5678_9abcn;
const ID = 0xfa00_0000_6000_0123n;

program(async () => {
  const engine = new NativeEngine({ ...SYSTEM_DLLS, httpapi: dll });
  const windows = new WindowsProcess();
  const library = windows.loadLibrary(dll);
  const seen = (): readonly unknown[] => ['LastQueue', 'LastId', 'LastOverlapped'].map((name) => {
    const address = library === undefined ? undefined : windows.findExport(library, name);
    return address === undefined ? undefined : BigInt(windows.bind(address, 'uint64_t', [])());
  });
  const completed = new Promise<unknown>((resolve) => {
    engine.listen(listener({ completion: (event) => resolve({ overlapped: event.overlapped, error: event.error, bytes: event.bytes, otherThread: event.thread !== engine.mainThread }) }));
  });

  const synchronous = (await call(engine, 'HttpCancelHttpRequest', { RequestQueueHandle: QUEUE, RequestId: ID })).returns;
  const seenSynchronous = seen();
  const overlapped = engine.memory.alloc(32);
  const pending = (await call(engine, 'HttpCancelHttpRequest', { RequestQueueHandle: QUEUE, RequestId: ID, Overlapped: overlapped })).returns;
  const seenPending = seen();
  const outstandingWhilePending = engine.outstanding.length;
  const completion = await completed;
  const eventAfterwards = Buffer.from(engine.memory.read(overlapped, 32)).readBigUInt64LE(24);
  engine.memory.free(overlapped);
  const codes = [];
  for (const code of [6, 50, 87, 1229]) {
    codes.push((await call(engine, 'HttpCancelHttpRequest', { RequestQueueHandle: QUEUE, RequestId: (0xe000_0000n << 32n) | BigInt(code) })).returns);
  }
  await new Promise((resolve) => setImmediate(resolve));
  report(file, {
    availability: engine.availability('HttpCancelHttpRequest'), missing: engine.availability('HttpReceiveHttpRequest'),
    synchronous, seenSynchronous, pending, seenPending, overlapped, completion, eventAfterwards, codes,
    outstandingWhilePending, outstandingAtTheEnd: engine.outstanding.length,
  });
});
