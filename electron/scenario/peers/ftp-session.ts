import type { Socket } from 'node:net';
import { indexOfBytes } from './byte-store';
import type { RunClock } from '../run-clock';
import type { PeerConnection } from './connection';
import { DataChannel } from './ftp-data';
import { absolute, type FtpFiles } from './ftp-files';

const LINE_END = new Uint8Array([13, 10]);
/** Longer than any run, in milliseconds: the wait for a command ends with its connection. */
const WHOLE_RUN = 2_147_483_647;

export interface SessionEvents {
  /** The reply a scenario has set for a command, in place of doing it. */
  replyTo(command: string): string | undefined;
  command(line: string): void;
}

/** One control connection (RFC 959): any login, passive and active transfers, the usual commands. */
export class FtpSession {
  readonly #control: PeerConnection;
  readonly #files: FtpFiles;
  readonly #events: SessionEvents;
  readonly #clock: RunClock;
  readonly #data: DataChannel;
  #directory = '/';
  #renaming: string | undefined;
  #restart = 0;

  constructor(control: PeerConnection, files: FtpFiles, clock: RunClock, events: SessionEvents) {
    this.#clock = clock;
    this.#data = new DataChannel(clock);
    this.#control = control;
    this.#files = files;
    this.#events = events;
  }

  async serve(): Promise<void> {
    this.#reply('220 Ready');
    let offset = 0;
    for (;;) {
      const end = await this.#control.changed.until(() => {
        const found = indexOfBytes(this.#control.received.from(offset), LINE_END);
        if (found >= 0) return found;
        return this.#control.over ? -1 : undefined;
      }, WHOLE_RUN);
      if (end === undefined || end < 0) break;
      const line = Buffer.from(this.#control.received.from(offset).subarray(0, end)).toString('latin1');
      offset += end + LINE_END.length;
      this.#events.command(line);
      // While the run is held its peers stand still.
      if (this.#clock.held) await this.#clock.pause(0);
      if (await this.#do(line)) break;
    }
    this.#data.destroy();
    if (!this.#control.unusable) this.#control.close('fin');
  }

  destroy(): void {
    this.#data.destroy();
  }

  #reply(text: string): void {
    // A client that has gone reads no reply.
    this.#control.send(Buffer.from(`${text}\r\n`, 'latin1'));
  }

  /** True when the session is over. */
  async #do(line: string): Promise<boolean> {
    const space = line.indexOf(' ');
    const command = (space < 0 ? line : line.slice(0, space)).toUpperCase();
    const argument = space < 0 ? '' : line.slice(space + 1);
    const scripted = this.#events.replyTo(command);
    if (scripted !== undefined) {
      this.#reply(scripted);
      return scripted.startsWith('421');
    }
    switch (command) {
      case 'QUIT':
        this.#reply('221 Goodbye');
        return true;
      case 'PASV': {
        const port = await this.#data.listen();
        this.#reply(`227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 0xff})`);
        return false;
      }
      case 'EPSV':
        this.#reply(`229 Entering Extended Passive Mode (|||${await this.#data.listen()}|)`);
        return false;
      case 'LIST':
      case 'NLST':
        await this.#list(argument, command === 'NLST');
        return false;
      case 'RETR':
        await this.#retrieve(argument);
        return false;
      case 'STOR':
      case 'APPE':
        await this.#store(argument, command === 'APPE');
        return false;
      default:
        this.#reply(this.#simple(command, argument));
        return false;
    }
  }

  /** The commands that need no data connection. */
  #simple(command: string, argument: string): string {
    const path = absolute(this.#directory, argument);
    switch (command) {
      case 'USER': return '331 Any password will do';
      case 'PASS': return '230 Logged in';
      case 'ACCT': case 'NOOP': case 'ALLO': case 'SITE': case 'MODE': case 'STRU': case 'OPTS': return '200 OK';
      case 'TYPE': return `200 Type set to ${argument}`;
      case 'SYST': return '215 UNIX Type: L8';
      case 'FEAT': return '211-Features\r\n SIZE\r\n REST STREAM\r\n211 End';
      case 'PWD': case 'XPWD': return `257 "${this.#directory}" is the current directory`;
      case 'CWD': case 'XCWD': return this.#enter(path);
      case 'CDUP': return this.#enter(absolute(this.#directory, '..'));
      case 'MKD': case 'XMKD': return this.#files.makeDirectory(path) ? `257 "${path}" created` : '550 It exists already';
      case 'RMD': case 'XRMD': return this.#files.removeDirectory(path) ? '250 Removed' : '550 No such directory';
      case 'DELE': return this.#files.delete(path) ? '250 Deleted' : '550 No such file';
      case 'SIZE': return this.#files.read(path) === undefined ? '550 No such file' : `213 ${this.#files.read(path)?.length ?? 0}`;
      case 'MDTM': return this.#files.read(path) === undefined ? '550 No such file' : '213 20240101000000';
      case 'REST': this.#restart = Number(argument); return '350 Restart position accepted';
      case 'ABOR': return '226 Nothing to abort';
      case 'RNFR': this.#renaming = path; return '350 Ready for the new name';
      case 'RNTO': return this.#renaming !== undefined && this.#files.rename(this.#renaming, path) ? '250 Renamed' : '550 No such file';
      case 'PORT': return this.#aim(/^(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)$/.exec(argument));
      case 'EPRT': return this.#aimExtended(/^\|1\|([0-9.]+)\|(\d+)\|$/.exec(argument));
      default: return `502 ${command} is not implemented`;
    }
  }

  #enter(path: string): string {
    if (!this.#files.isDirectory(path)) return '550 No such directory';
    this.#directory = path;
    return '250 Directory changed';
  }

  #aim(match: RegExpExecArray | null): string {
    if (match === null) return '501 PORT takes six numbers';
    const [a, b, c, d, high, low] = match.slice(1).map(Number);
    this.#data.aim(`${a}.${b}.${c}.${d}`, (high ?? 0) * 256 + (low ?? 0));
    return '200 PORT accepted';
  }

  #aimExtended(match: RegExpExecArray | null): string {
    if (match === null) return '501 EPRT takes |1|address|port|';
    this.#data.aim(match[1] ?? '', Number(match[2]));
    return '200 EPRT accepted';
  }

  async #list(argument: string, namesOnly: boolean): Promise<void> {
    // `LIST -a` passes an option of ls.
    const path = absolute(this.#directory, argument.replace(/^-\S*\s*/, ''));
    const entries = this.#files.list(path);
    const lines = entries.map(({ name, size }) => {
      if (namesOnly) return name;
      const kind = size === undefined ? 'drwxr-xr-x' : '-rw-r--r--';
      return `${kind}   1 ftp      ftp      ${String(size ?? 0).padStart(10)} Jan 01  2024 ${name}`;
    });
    await this.#transfer(async (socket) => end(socket, Buffer.from(lines.map((line) => `${line}\r\n`).join(''))));
  }

  async #retrieve(argument: string): Promise<void> {
    const content = this.#files.read(absolute(this.#directory, argument));
    const from = this.#restart;
    this.#restart = 0;
    if (content === undefined) this.#reply('550 No such file');
    else await this.#transfer(async (socket) => end(socket, content.subarray(from)));
  }

  async #store(argument: string, append: boolean): Promise<void> {
    const path = absolute(this.#directory, argument);
    const before = append ? (this.#files.read(path) ?? new Uint8Array()) : new Uint8Array();
    await this.#transfer(async (socket) => {
      const pieces: Uint8Array[] = [before];
      for await (const piece of socket) pieces.push(piece);
      this.#files.write(path, new Uint8Array(Buffer.concat(pieces)));
    });
  }

  async #transfer(act: (socket: Socket) => Promise<void>): Promise<void> {
    this.#reply('150 Opening the data connection');
    const socket = await this.#data.open();
    if (socket === undefined) {
      this.#reply('425 No data connection');
      return;
    }
    try {
      await act(socket);
      this.#reply('226 Transfer complete');
    } catch {
      // The client broke the data connection off: RFC 959 has a reply for just that.
      this.#reply('426 Transfer aborted');
    }
  }
}

function end(socket: Socket, content: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.resume();
    socket.end(content);
  });
}
