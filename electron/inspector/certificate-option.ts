import type { EventValue } from '../../preload/contract/event';
import { INTERNET_OPTION } from '../../preload/contract/win32/constants/options';
import { MemoryFault, readUint, readUint64, type Address, type MemoryReader } from '../../preload/contract/win32/memory';
import { decodeField, layoutOf } from '../../preload/contract/win32/struct-codec';
import { bytesValue, hex, structValue } from './event-values';

/** A chain is seldom longer than four. */
const MOST_ELEMENTS = 16;
/** Certificates are some 2 KB; what says that it is more is no length. */
const MOST_BYTES = 64 * 1024;

/**
 * What InternetQueryOption left of a server's certificate; undefined for every other option. What lies in memory of
 * WinINet's own, which a native engine does not read, is left out.
 */
export function certificateOption(option: number, memory: MemoryReader, address: Address): EventValue | undefined {
  switch (option) {
    case INTERNET_OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE_STRUCT: return certificateInfo(memory, address);
    case INTERNET_OPTION.INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT: return chainContext(memory, readUint64(memory, address));
    default: return undefined;
  }
}

function certificateInfo(memory: MemoryReader, address: Address): EventValue {
  const layout = layoutOf('INTERNET_CERTIFICATE_INFO');
  return Object.fromEntries(layout.fields.flatMap((field): [string, EventValue][] => {
    const value = readable(() => structValue(decodeField(memory, layout, address, field)));
    return value === undefined ? [] : [[field.name, value]];
  }));
}

/**
 * The first simple chain of a PCCERT_CHAIN_CONTEXT, its end certificate first (wincrypt/ns-wincrypt-cert_chain_context,
 * cert_simple_chain, cert_chain_element, cert_context): read now, for the program frees it with CertFreeCertificateChain.
 */
function chainContext(memory: MemoryReader, context: Address): EventValue {
  if (context === 0n) return hex(context);
  return readable(() => {
    const chains = readUint64(memory, context + 16n);
    const simple = readUint(memory, context + 12n, 4) === 0 || chains === 0n ? 0n : readUint64(memory, chains);
    return { address: hex(context), dwErrorStatus: readUint(memory, context + 4n, 4), rgpElement: simple === 0n ? [] : elements(memory, simple) };
  }) ?? hex(context);
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof MemoryFault) return undefined;
    throw fault;
  }
}

function elements(memory: MemoryReader, simple: Address): readonly EventValue[] {
  const list = readUint64(memory, simple + 16n);
  const count = list === 0n ? 0 : Math.min(MOST_ELEMENTS, readUint(memory, simple + 12n, 4));
  return Array.from({ length: count }, (_, index) => {
    const certificate = readUint64(memory, readUint64(memory, list + BigInt(index * 8)) + 8n);
    const size = readUint(memory, certificate + 16n, 4);
    return { pbCertEncoded: bytesValue(memory.read(readUint64(memory, certificate + 8n), Math.min(size, MOST_BYTES))) };
  });
}
