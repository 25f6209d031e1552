import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { textBytes, uintBytes } from '../../../../preload/contract/win32/memory';
import type { PortableMemory } from '../portable-memory';
import type { ErrorCode } from './call';
import { certificateChain } from './certificate-chain';
import { fileTime } from './file-time';
import type { RequestHandle } from './handle';
import { dword, isHandle, WRONG_KIND, type OptionRule, type OptionValue } from './option-rules';
import type { ServerCertificate } from './server-certificate';
import type { TransportSecurity } from './transport';

const NOTHING_YET = err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);
const NOT_SECURE = err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION);

/** Bytes of INTERNET_CERTIFICATE_INFO. */
const INFO_SIZE = 64;

type Answer = (security: TransportSecurity, memory: PortableMemory) => Result<OptionValue, ErrorCode>;

/** An option of a request whose response came over TLS. */
function secured(answer: Answer): OptionRule {
  return {
    on: ['http-request'], process: false,
    get: (owner, core) => (isHandle(owner) && owner.kind === 'http-request' ? of(owner, answer, core.memory) : WRONG_KIND),
  };
}

function of(request: RequestHandle, answer: Answer, memory: PortableMemory): Result<OptionValue, ErrorCode> {
  if (request.exchange === undefined) return NOTHING_YET;
  const { security } = request.exchange;
  return security === undefined ? NOT_SECURE : answer(security, memory);
}

/**
 * INTERNET_CERTIFICATE_INFO (wininet/ns-wininet-internet_certificate_info). Its texts lie in memory of their own, which on
 * Windows LocalFree gives back; here it goes with the engine.
 */
function certificateInfo(certificate: ServerCertificate, bits: number, memory: PortableMemory): Uint8Array {
  const bytes = new Uint8Array(INFO_SIZE);
  bytes.set(fileTime(certificate.validTo));
  bytes.set(fileTime(certificate.validFrom), 8);
  const texts = [certificate.subject, certificate.issuer, certificate.protocol, certificate.signatureAlgorithm, certificate.cipher];
  for (const [index, text] of texts.entries()) {
    const written = textBytes(`${text}\0`, 'A');
    const address = memory.alloc(written.length);
    memory.write(address, written);
    bytes.set(uintBytes(address, 8), 16 + index * 8);
  }
  bytes.set(uintBytes(bits, 4), 56);
  return bytes;
}

/** What the server of a secure request showed of itself. */
export const CERTIFICATE_OPTIONS: readonly (readonly [number, OptionRule])[] = [
  // Only where it is asked for is memory taken for its texts: a question for the size takes none.
  [OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT, secured(({ certificate, bits }, memory) =>
    ok({ size: INFO_SIZE, at: () => certificateInfo(certificate, bits, memory) }))],
  [OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE, secured(({ certificate }) => ok({ text: certificate.text }))],
  [OPTION.INTERNET_OPTION_SECURITY_KEY_BITNESS, secured(({ bits }) => dword(bits))],
  [OPTION.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT, secured(({ certificate }, memory) =>
    ok({ size: 8, at: () => uintBytes(certificateChain(certificate, memory), 8) }))],
];
