import { X509Certificate } from 'node:crypto';
import type { CertificateInfo } from '../../preload/contract/http-exchange';
import type { Fact } from '../../preload/contract/query';

/** What an X.509 certificate says of itself. Bytes that are none give the problem in words. */
export function readCertificate(der: Uint8Array, role: CertificateInfo['role']): CertificateInfo {
  try {
    return { role, facts: factsOf(new X509Certificate(der)), problem: undefined };
  } catch (fault) {
    return { role, facts: [], problem: `The ${der.length.toLocaleString('en')} bytes are no certificate that could be read: ${fault instanceof Error ? fault.message : String(fault)}.` };
  }
}

function factsOf(certificate: X509Certificate): readonly Fact[] {
  const facts: Fact[] = [];
  const add = (name: string, value: string | undefined, meaning?: string): void => { if (value !== undefined && value !== '') facts.push({ name, value, meaning }); };
  add('Subject', oneLine(certificate.subject));
  add('Issuer', oneLine(certificate.issuer), certificate.subject === certificate.issuer ? 'its own issuer: self-signed, or an authority' : undefined);
  add('Valid from', isoTime(certificate.validFrom));
  add('Valid to', isoTime(certificate.validTo));
  add('Names', certificate.subjectAltName);
  add('SHA-256', certificate.fingerprint256);
  add('Serial', certificate.serialNumber);
  add('Key', keyWords(certificate));
  return facts;
}

function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

function isoTime(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace('.000Z', 'Z');
}

/** A certificate may hold a key of a kind that is not known here. */
function keyWords(certificate: X509Certificate): string | undefined {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    if (details?.modulusLength !== undefined) return `${type ?? ''} ${details.modulusLength} bits`.trim();
    return [type, details?.namedCurve].filter((part) => part !== undefined).join(' ');
  } catch {
    return undefined;
  }
}
