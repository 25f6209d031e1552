import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** What HTTP_SSL_INFO says of a connection. */
export interface SslInfo {
  /** In bits. */
  readonly serverKeySize: number;
  readonly connectionKeySize: number;
  readonly issuer: string;
  readonly subject: string;
}

/** A certificate that the client showed. */
export interface ClientCertificate {
  /** DER. */
  readonly encoded: Uint8Array;
  /** Why it cannot be trusted, as the HRESULT of a chain policy; 0 when it can. */
  readonly flags: number;
}

const CERT_E_UNTRUSTEDROOT = 0x800b0109;
/** In the names of ciphers that use AES; the key of ChaCha20 always has as many bits as there are here. */
const KEY_SIZE = /AES_?(\d+)/;
const CHACHA20_BITS = 256;

export function sslInfo(tls: TLSSocket): SslInfo {
  const local = tls.getX509Certificate();
  const [, bits] = KEY_SIZE.exec(tls.getCipher().name) ?? [];
  return {
    serverKeySize: local === undefined ? 0 : keySize(local),
    connectionKeySize: bits === undefined ? CHACHA20_BITS : Number(bits),
    issuer: oneLine(local?.issuer), subject: oneLine(local?.subject),
  };
}

/** What the client showed in the handshake; undefined when it showed nothing, or was not asked. */
export function clientCertificate(tls: TLSSocket): ClientCertificate | undefined {
  const certificate = tls.getPeerX509Certificate();
  return certificate === undefined ? undefined : { encoded: certificate.raw, flags: tls.authorized ? 0 : CERT_E_UNTRUSTEDROOT };
}

const CURVES: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 };

function keySize(certificate: X509Certificate): number {
  const { modulusLength, namedCurve } = certificate.publicKey.asymmetricKeyDetails ?? {};
  return modulusLength ?? CURVES[namedCurve ?? ''] ?? 0;
}

/** Node gives one attribute a line. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}
