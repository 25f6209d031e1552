import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { selfSigned, type KeyAndCertificate } from '../../../certificate/self-signed';

/** What HTTP is spoken on: the socket itself, or TLS upon it. */
export interface Transport {
  readonly socket: Socket;
  /** The TCP connection under it, which is what is reset. */
  readonly raw: Socket;
  readonly tls: TLSSocket | undefined;
}

/** What the binding of a port asks of a handshake. */
export interface Handshake {
  /** HTTP_SERVICE_CONFIG_SSL_FLAG_NEGOTIATE_CLIENT_CERT: the client is asked for its certificate. */
  readonly asksForCertificate: boolean;
}

/**
 * Does the handshakes of https connections. There is no certificate store here: whichever certificate a binding names,
 * the engine shows one of its own, made when it is first needed, for localhost and trusted by nobody.
 */
export class TlsFront {
  private certificate: KeyAndCertificate | undefined;
  private readonly servers = new Map<boolean, Server>();
  /** TCP connections whose handshake is under way or done, by the client's address and port. */
  private readonly raws = new Map<string, Socket>();

  constructor(private readonly onSecure: (transport: Transport) => void) {}

  accept(raw: Socket, { asksForCertificate }: Handshake): void {
    const name = nameOf(raw);
    this.raws.set(name, raw);
    raw.once('close', () => this.raws.delete(name));
    raw.on('error', () => undefined);
    const server = this.servers.get(asksForCertificate) ?? this.server(asksForCertificate);
    this.servers.set(asksForCertificate, server);
    // node:tls takes connections from elsewhere so (tls.Server, Event: 'connection').
    server.emit('connection', raw);
  }

  private server(requestCert: boolean): Server {
    this.certificate ??= selfSigned(['localhost', '127.0.0.1']);
    const server = createServer({ ...this.certificate, allowHalfOpen: true, ALPNProtocols: ['http/1.1'], requestCert, rejectUnauthorized: false });
    server.on('tlsClientError', (_, tls) => tls.destroy());
    server.on('secureConnection', (tls) => {
      const raw = this.raws.get(nameOf(tls));
      if (raw === undefined) tls.destroy();
      else this.onSecure({ socket: tls, raw, tls });
    });
    return server;
  }
}

function nameOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0} ${socket.localPort ?? 0}`;
}
