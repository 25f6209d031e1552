import type { CallEvent, EventFields, EventValue } from '../../preload/contract/event';
import { flagNames } from '../../preload/contract/win32/constant-table';
import { INTERNET_OPTION as OPTION } from '../../preload/contract/win32/constants/options';
import type { CertificateInfo } from '../../preload/contract/http-exchange';
import type { Fact } from '../../preload/contract/query';
import { fieldsOf, numberOf, structsIn, textOf } from '../trace/event-fields';
import { readCertificate } from './certificate';

/** A chain is seldom longer than four; a file may say anything. */
const MOST_CERTIFICATES = 16;

/** What calls told of TLS: options that the application asked for, or the structures of a received request. */
export class SecurityFacts {
  private readonly found = new Map<string, Fact>();
  private chain: readonly Uint8Array[] = [];
  private client: { readonly der: Uint8Array } | undefined;
  /** Whether the text of the certificate was asked for, and not its bytes. */
  private text: string | undefined;

  /** Takes in what a successful InternetQueryOption answered. */
  learnOption(call: CallEvent, answer: EventValue | undefined): void {
    switch (call.args['dwOption']) {
      case OPTION.INTERNET_OPTION_SECURITY_FLAGS:
        this.fact('Security flags', String(numberOf(answer)), flagNames('SECURITY_FLAG', numberOf(answer)).names.join(' | '));
        break;
      case OPTION.INTERNET_OPTION_SECURITY_KEY_BITNESS: this.fact('Key size', `${numberOf(answer)} bits`); break;
      case OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE: this.text = textOf(answer); break;
      case OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT: this.learnInfo(fieldsOf(answer)); break;
      case OPTION.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT: this.learnChain(fieldsOf(answer)); break;
      default: break;
    }
  }

  private learnInfo(info: EventFields): void {
    this.fact('Protocol', textOf(info['lpszProtocolName']));
    this.fact('Cipher', textOf(info['lpszEncryptionAlgName']));
    this.fact('Key size', `${numberOf(info['dwKeySize'])} bits`);
    this.fact('Subject', oneLine(info['lpszSubjectInfo']));
    this.fact('Issuer', oneLine(info['lpszIssuerInfo']));
    this.fact('Signature', textOf(info['lpszSignatureAlgName']));
    this.fact('Valid from', fileTimeWords(info['ftStart']));
    this.fact('Valid to', fileTimeWords(info['ftExpiry']));
  }

  private learnChain(context: EventFields): void {
    const elements = structsIn(context['rgpElement']).slice(0, MOST_CERTIFICATES).flatMap((element) => bytesOf(element['pbCertEncoded']) ?? []);
    if (elements.length > 0) this.chain = elements;
    const status = context['dwErrorStatus'];
    if (typeof status === 'number') this.fact('Trust', status === 0 ? 'no error' : `0x${status.toString(16)}`, status === 0 ? undefined : 'CERT_TRUST_STATUS.dwErrorStatus');
  }

  /** Takes in HTTP_SSL_INFO of a received request. */
  learnSslInfo(info: EventFields): void {
    if (Object.keys(info).length === 0) return;
    this.fact('Server subject', textOf(info['pServerCertSubject']));
    this.fact('Server issuer', textOf(info['pServerCertIssuer']));
    if (numberOf(info['ServerCertKeySize']) > 0) this.fact('Server key', `${numberOf(info['ServerCertKeySize'])} bits`);
    if (numberOf(info['ConnectionKeySize']) > 0) this.fact('Connection key', `${numberOf(info['ConnectionKeySize'])} bits`);
    this.fact('Client certificate', numberOf(info['SslClientCertNegotiated']) === 0 ? 'not negotiated' : 'negotiated', 'SslClientCertNegotiated');
    this.learnClient(fieldsOf(info['pClientCertInfo']));
  }

  /** Takes in HTTP_SSL_CLIENT_CERT_INFO, of a request or of HttpReceiveClientCertificate. */
  learnClient(info: EventFields): void {
    const der = bytesOf(info['pCertEncoded']);
    if (der !== undefined && der.length > 0) this.client = { der };
    const flags = info['CertFlags'];
    if (typeof flags === 'number') this.fact('CertFlags', flags === 0 ? '0' : `0x${flags.toString(16)}`, flags === 0 ? 'valid' : 'SECPKG_ATTR_REMOTE_CERT_CONTEXT error');
  }

  get facts(): readonly Fact[] {
    return [...this.found.values(), ...(this.text === undefined ? [] : [{ name: 'In words', value: this.text.trim(), meaning: 'INTERNET_OPTION_SECURITY_CERTIFICATE' }])];
  }

  /** Read when they are shown, and not with every event. */
  certificates(): readonly CertificateInfo[] {
    return [
      ...this.chain.map((der, index) => readCertificate(der, index === 0 ? 'server' : 'issuer')),
      ...(this.client === undefined ? [] : [readCertificate(this.client.der, 'client')]),
    ];
  }

  private fact(name: string, value: string, meaning?: string): void {
    if (value !== '') this.found.set(name, { name, value, meaning: meaning === '' ? undefined : meaning });
  }
}

function bytesOf(value: EventValue | undefined): Uint8Array | undefined {
  const { hex } = fieldsOf(value);
  return typeof hex === 'string' ? Buffer.from(hex, 'hex') : undefined;
}

function oneLine(value: EventValue | undefined): string {
  return textOf(value).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '').join(', ');
}

const FILETIME_EPOCH_MS = 11_644_473_600_000;

/** A FILETIME, hundreds of nanoseconds since 1601, as ISO 8601 to the second. */
function fileTimeWords(value: EventValue | undefined): string {
  const { dwLowDateTime: low, dwHighDateTime: high } = fieldsOf(value);
  if (typeof low !== 'number' || typeof high !== 'number') return '';
  const time = (high * 2 ** 32 + low) / 10_000 - FILETIME_EPOCH_MS;
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString().replace('.000Z', 'Z') : '';
}
