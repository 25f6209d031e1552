/** Records without end until it is killed: argument 1 is the journal's file. Says the count it has recorded after each batch. */
import { JournalWriter } from '../../../../electron/trace/journal/journal-writer';
import { Trace } from '../../../../electron/trace/trace';

const trace = new Trace();
const file = process.argv[2];
if (file === undefined) throw new Error('Which file?');
const journal = new JournalWriter(trace, file, { journal: 1, application: 'test', engine: { kind: 'portable', description: '' }, startedAt: new Date().toISOString(), pid: process.pid }, (message) => { throw new Error(message); });
setInterval(() => {
  for (let i = 0; i < 20; i += 1) trace.append({ kind: 'note', level: 'info', text: `note ${trace.log.length}`, handle: undefined, thread: 1 });
  process.stdout.write(`${trace.log.length} ${trace.now()}\n`);
}, 2);
process.on('exit', () => journal.flush());
