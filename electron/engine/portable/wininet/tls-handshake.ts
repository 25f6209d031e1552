import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { SECURITY_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { ErrorCode } from './call';
import type { Operation } from './operation';
import { serverCertificate } from './server-certificate';
import type { TransportSecurity } from './transport';

/** A connection under TLS. */
export interface Secured {
  readonly socket: Socket;
  readonly security: TransportSecurity;
}

/**
 * TLS over a connection. The certificate is judged by WinINet's own errors, in its order, each of which an application
 * may ignore: an unknown authority (12045), dates (12037), the name (12038). Any other failure is 12157.
 */
export function secure(operation: Operation, socket: Socket, host: string, ignored: number, timeout: number): Promise<Result<Secured, ErrorCode>> {
  return operation.wait<Secured>(timeout, (settle) => {
    const secured = connect({
      socket, ...(isIP(host) === 0 ? { servername: host } : {}),
      // Judged below, one error at a time: Node would stop at its first.
      rejectUnauthorized: false, checkServerIdentity: () => undefined,
    });
    const failed = (): void => settle(err(WININET_ERRORS.ERROR_INTERNET_SECURITY_CHANNEL_ERROR));
    secured.once('error', failed);
    secured.once('close', failed);
    secured.once('secureConnect', () => {
      const error = certificateErrors(secured, host).find(({ flag }) => (ignored & flag) === 0);
      settle(error === undefined ? ok({ socket: secured, security: securityOf(secured) }) : err(error.code));
    });
    return (result) => {
      secured.off('close', failed);
      if (result.ok) secured.off('error', failed);
      // The error listener stays: what fails after the wait is over is nobody's any more.
      else secured.destroy();
    };
  });
}

/** By the name that OpenSSL gives a cipher: what it says of its key, or 256 of ChaCha20. */
function securityOf(socket: TLSSocket): TransportSecurity {
  const bits = /(?:AES_?|AES)(128|256)/u.exec(socket.getCipher().name)?.[1] ?? '256';
  return { bits: Number(bits), certificate: serverCertificate(socket) };
}

interface CertificateError {
  readonly code: ErrorCode;
  /** The SECURITY_FLAG that ignores it. */
  readonly flag: number;
}

const DATE_CODES: readonly string[] = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

function certificateErrors(socket: TLSSocket, host: string): readonly CertificateError[] {
  const errors: CertificateError[] = [];
  // Node's types say Error, but it is the error's code.
  const reason = socket.authorized ? undefined : String(socket.authorizationError);
  if (reason === 'CERT_REVOKED') errors.push({ code: WININET_ERRORS.ERROR_INTERNET_SEC_CERT_REVOKED, flag: SECURITY_FLAG.SECURITY_FLAG_IGNORE_REVOCATION });
  else if (reason !== undefined && !DATE_CODES.includes(reason)) {
    errors.push({ code: WININET_ERRORS.ERROR_INTERNET_INVALID_CA, flag: SECURITY_FLAG.SECURITY_FLAG_IGNORE_UNKNOWN_CA });
  }
  const certificate = socket.getPeerCertificate();
  const now = Date.now();
  if (Date.parse(certificate.valid_from) > now || Date.parse(certificate.valid_to) < now) {
    errors.push({ code: WININET_ERRORS.ERROR_INTERNET_SEC_CERT_DATE_INVALID, flag: SECURITY_FLAG.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID });
  }
  if (checkServerIdentity(host, certificate) !== undefined) {
    errors.push({ code: WININET_ERRORS.ERROR_INTERNET_SEC_CERT_CN_INVALID, flag: SECURITY_FLAG.SECURITY_FLAG_IGNORE_CERT_CN_INVALID });
  }
  return errors;
}
