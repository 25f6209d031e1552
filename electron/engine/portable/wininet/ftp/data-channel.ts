import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { err, ok, type Result } from '../../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from '../call';
import { dial } from '../transport';
import type { Sockets } from '../transport';
import type { FtpConversation } from './ftp-conversation';

/** How the connection for one transfer comes about: made before its command, or accepted after the reply to it. */
export interface DataChannel {
  /** ERROR_INTERNET_TIMEOUT when the server does not connect; what it says meanwhile is not lost. */
  take(): Promise<Result<Socket, ErrorCode>>;
  close(): void;
}

/** Passive mode (RFC 959, 4.1.2; RFC 2428 for IPv6): the server says where it listens. */
export async function passiveChannel(conversation: FtpConversation, sockets: Sockets): Promise<Result<DataChannel, ErrorCode>> {
  const { remote } = conversation.control.addresses;
  const extended = isIPv6(remote);
  const reply = await conversation.command(extended ? 'EPSV' : 'PASV');
  if (!reply.ok) return reply;
  const port = extended ? extendedPort(reply.value.text) : passivePort(reply.value.text);
  if ((reply.value.code !== 227 && reply.value.code !== 229) || port === undefined) {
    return conversation.failed(WININET_ERRORS.ERROR_FTP_NO_PASSIVE_MODE, reply.value);
  }
  // To the server itself, whatever address it names: another one would make this client a means to reach third parties.
  const socket = await dial(conversation.operation, sockets, remote, port, conversation.timeouts.connect);
  return socket.ok ? ok({ take: () => Promise.resolve(socket), close: () => socket.value.destroy() }) : socket;
}

/** Active mode: this side listens, and PORT (EPRT for IPv6) says where. */
export async function activeChannel(conversation: FtpConversation, sockets: Sockets): Promise<Result<DataChannel, ErrorCode>> {
  const { local } = conversation.control.addresses;
  const listener = new Listener(conversation, sockets);
  const port = await listener.listen(local);
  if (port === undefined) return err(WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT);
  const told = await conversation.perform(isIPv6(local)
    ? `EPRT |2|${local}|${port}|`
    : `PORT ${local.replaceAll('.', ',')},${port >> 8},${port & 0xff}`);
  if (told.ok) return ok(listener);
  listener.close();
  return told;
}

class Listener implements DataChannel {
  private readonly server: Server;
  private accepted: Socket | undefined;
  private taken = false;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly conversation: FtpConversation, sockets: Sockets) {
    this.server = createServer((socket) => {
      sockets.track(socket);
      socket.on('error', () => socket.destroy());
      // Only the server it was told to, and only once.
      if (this.accepted !== undefined || socket.remoteAddress !== conversation.control.addresses.remote) {
        socket.destroy();
        return;
      }
      this.accepted = socket;
      for (const watcher of [...this.watchers]) watcher();
    });
    this.server.on('error', () => this.server.close());
  }

  listen(host: string): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.server.once('error', () => resolve(undefined));
      this.server.listen(0, host, () => {
        const address = this.server.address();
        resolve(address === null || typeof address === 'string' ? undefined : address.port);
      });
    });
  }

  async take(): Promise<Result<Socket, ErrorCode>> {
    const { control, operation, timeouts } = this.conversation;
    const arrived = await operation.wait<undefined>(timeouts.receive, (settle) => {
      const look = (): void => {
        if (this.accepted !== undefined || control.ready) settle(ok(undefined));
      };
      this.watchers.add(look);
      const unwatch = control.watch(look);
      look();
      return () => {
        this.watchers.delete(look);
        unwatch();
      };
    });
    if (!arrived.ok) return arrived;
    if (this.accepted === undefined) return err(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR);
    this.taken = true;
    this.server.close();
    return ok(this.accepted);
  }

  close(): void {
    this.server.close();
    if (!this.taken) this.accepted?.destroy();
  }
}

/** "227 Entering Passive Mode (h1,h2,h3,h4,p1,p2)"; servers differ in what stands around the numbers. */
function passivePort(text: string): number | undefined {
  const match = /(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/u.exec(text);
  const [high, low] = [Number(match?.[5] ?? 256), Number(match?.[6] ?? 256)];
  return high > 255 || low > 255 ? undefined : high * 256 + low;
}

/** "229 Entering Extended Passive Mode (|||6446|)". */
function extendedPort(text: string): number | undefined {
  const match = /\((.)\1\1(\d{1,5})\1\)/u.exec(text);
  return match === null ? undefined : Number(match[2]);
}
