import { uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { PortableMemory } from '../portable-memory';
import type { ServerCertificate } from './server-certificate';

const X509_ASN_ENCODING = 1;
const CERT_TRUST_IS_NOT_TIME_VALID = 0x1;
const CERT_TRUST_IS_UNTRUSTED_ROOT = 0x20;

/** What stands at an offset of a structure: a DWORD, or a pointer. */
type Member = readonly [offset: number, value: number | Address];

function place(memory: PortableMemory, size: number, members: readonly Member[]): Address {
  const address = memory.alloc(size);
  for (const [offset, value] of members) memory.write(address + BigInt(offset), uintBytes(value, typeof value === 'bigint' ? 8 : 4));
  return address;
}

function pointersTo(memory: PortableMemory, targets: readonly Address[]): Address {
  return place(memory, targets.length * 8, targets.map((target, index): Member => [index * 8, target]));
}

/**
 * A CERT_CHAIN_CONTEXT (wincrypt/ns-wincrypt-cert_chain_context) with one simple chain of every certificate that the server
 * sent, each as it was encoded; CERT_CONTEXT.pCertInfo and hCertStore are NULL. Its memory goes with the engine.
 */
export function certificateChain(certificate: ServerCertificate, memory: PortableMemory): Address {
  const now = Date.now();
  const inTime = certificate.validFrom <= now && now <= certificate.validTo;
  const status = (certificate.trusted || !inTime ? 0 : CERT_TRUST_IS_UNTRUSTED_ROOT) | (inTime ? 0 : CERT_TRUST_IS_NOT_TIME_VALID);
  const elements = certificate.chain.map((der) => {
    const encoded = memory.alloc(der.length);
    memory.write(encoded, der);
    const context = place(memory, 40, [[0, X509_ASN_ENCODING], [8, encoded], [16, der.length]]);
    return place(memory, 56, [[0, 56], [8, context], [16, status]]);
  });
  const chain = place(memory, 40, [[0, 40], [4, status], [12, elements.length], [16, pointersTo(memory, elements)]]);
  return place(memory, 72, [[0, 72], [4, status], [12, 1], [16, pointersTo(memory, [chain])]]);
}
