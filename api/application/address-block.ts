// Whose address it is: what one party holds at once counts as one, so that limits cannot be walked around.

const IPV6_GROUPS = 8;
/** A single customer is given at least a /64, and picks any address in it. */
const GROUPS_OF_ONE_PARTY = 4;

/** An IPv4 address as it is (also when written inside an IPv6 one); of an IPv6 address its first 64 bits. Other text is given back. */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const bare = address.replace(/%.*$/, '').toLowerCase();
  if (!bare.includes(':')) return address;
  const [head = '', tail] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, IPV6_GROUPS - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return `${groups
    .slice(0, GROUPS_OF_ONE_PARTY)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
