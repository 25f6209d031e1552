import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/** A server's certificate and the TLS session that it secures, as WinINet's options tell of them. */
export interface ServerCertificate {
  /** In words (INTERNET_OPTION_SECURITY_CERTIFICATE). */
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** The values of its name, one a line. */
  readonly subject: string;
  readonly issuer: string;
  readonly signatureAlgorithm: string;
  readonly protocol: string;
  readonly cipher: string;
  /** DER, the server's own first. */
  readonly chain: readonly Uint8Array[];
  /** Whether the chain ends at an authority that is known here. */
  readonly trusted: boolean;
}

type Name = Readonly<Record<string, unknown>>;

/** To be asked of a socket whose handshake is done. */
export function serverCertificate(socket: TLSSocket): ServerCertificate {
  const own = socket.getPeerCertificate(true);
  const chain = chainOf(own);
  return {
    text: `Subject:\r\n${namedParts(own.subject)}\r\nIssuer:\r\n${namedParts(own.issuer)}\r\nEffective Date: ${own.valid_from}\r\nExpiration Date: ${own.valid_to}\r\n`,
    validFrom: Date.parse(own.valid_from), validTo: Date.parse(own.valid_to), subject: lines(own.subject), issuer: lines(own.issuer),
    signatureAlgorithm: signatureAlgorithm(own.raw), protocol: socket.getProtocol() ?? '', cipher: socket.getCipher().name, chain, trusted: socket.authorized,
  };
}

function chainOf(own: DetailedPeerCertificate): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  const seen = new Set<string>();
  // The authority that ends a chain is its own issuer; where it was not sent there is none, whatever the types say.
  for (let at: DetailedPeerCertificate | undefined = own; at?.raw !== undefined && !seen.has(at.fingerprint256); at = at.issuerCertificate) {
    seen.add(at.fingerprint256);
    chain.push(at.raw);
  }
  return chain;
}

/** A name may hold one attribute several times. */
function values(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function namedParts(name: Name | undefined): string {
  return Object.entries({ ...name }).map(([key, value]) => `${key}=${values(value).join(` ${key}=`)}`).join(', ');
}

function lines(name: Name | undefined): string {
  return Object.values({ ...name }).flatMap(values).join('\r\n');
}

/** By its object identifier, in DER's own writing; the names are those of Windows. */
const SIGNATURE_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d010104', 'md5RSA'], ['2a864886f70d010105', 'sha1RSA'], ['2a864886f70d01010b', 'sha256RSA'], ['2a864886f70d01010c', 'sha384RSA'],
  ['2a864886f70d01010d', 'sha512RSA'], ['2a864886f70d01010a', 'RSASSA-PSS'], ['2a8648ce3d0401', 'sha1ECDSA'], ['2a8648ce3d040302', 'sha256ECDSA'],
  ['2a8648ce3d040303', 'sha384ECDSA'], ['2a8648ce3d040304', 'sha512ECDSA'], ['2b6570', 'Ed25519'],
]);

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OBJECT IDENTIFIER … } … } (RFC 5280, 4.1). */
function signatureAlgorithm(der: Buffer): string {
  const whole = element(der, 0);
  const signed = element(der, whole.from);
  const algorithm = element(der, signed.to);
  const { from, to } = element(der, algorithm.from);
  const identifier = der.toString('hex', from, to);
  return SIGNATURE_ALGORITHMS.get(identifier) ?? identifier;
}

/** Where the content of the DER element at a place begins and ends. */
function element(der: Buffer, at: number): { readonly from: number; readonly to: number } {
  const short = der[at + 1] ?? 0;
  if (short < 0x80) return { from: at + 2, to: at + 2 + short };
  const bytes = short & 0x7f;
  const from = at + 2 + bytes;
  return { from, to: from + (bytes === 0 ? 0 : der.readUIntBE(at + 2, bytes)) };
}
