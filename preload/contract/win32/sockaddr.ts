const AF_INET = 2;
const AF_INET6 = 23;

/** SOCKADDR_IN (16 bytes) or SOCKADDR_IN6 (28): the family little-endian, port and address big-endian. */
export function addressBytes(address: string, port: number): Uint8Array {
  const six = address.includes(':');
  const bytes = new Uint8Array(six ? 28 : 16);
  bytes[0] = six ? AF_INET6 : AF_INET;
  bytes[2] = port >> 8;
  bytes[3] = port & 0xff;
  if (six) bytes.set(ipv6Bytes(address), 8);
  else bytes.set(address.split('.').map(Number), 4);
  return bytes;
}

const IPV4 = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})$/;
const IPV6 = /^\[([0-9a-f:]+)\]:(\d{1,5})$/i;

/** The SOCKADDR that "address:port" names; an IPv6 address stands in brackets. Undefined for a text that is neither. */
export function sockaddrBytes(text: string): Uint8Array | undefined {
  const [, address, port] = IPV4.exec(text) ?? IPV6.exec(text) ?? [];
  if (address === undefined || Number(port) > 65535 || address.split('.').some((part) => Number(part) > 255)) return undefined;
  return addressBytes(address, Number(port));
}

function ipv6Bytes(address: string): number[] {
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  }));
  const head = groups(before);
  const tail = groups(after ?? '');
  return [...head, ...Array.from({ length: Math.max(0, 16 - head.length - tail.length) }, () => 0), ...tail].slice(0, 16);
}
