// Which hosts runbooks may reach from the app's own machine: what MUSTER_HTTP_ALLOW names, or else all but the machine itself and its link.

const ENTRY = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9*._-]+|[0-9a-f:]+:[0-9a-f:.]+)(?::(?<port>\d{1,5}))?$/i;
const HIGHEST_PORT = 65_535;

export interface AllowedPlace {
  /** Lower-case, without brackets; `*` stands for one label of a name. */
  readonly host: string;
  /** Null for all of them. */
  readonly port: number | null;
}

/** The entries of the list, or the first one that is none. */
export function readAllowedPlaces(list: string): { readonly places: readonly AllowedPlace[] } | { readonly wrong: string } {
  const places: AllowedPlace[] = [];
  for (const text of list.split(',').flatMap((part) => part.trim() || [])) {
    const { host, port } = ENTRY.exec(text)?.groups ?? {};
    if (host === undefined || Number(port ?? 1) < 1 || Number(port ?? 1) > HIGHEST_PORT) return { wrong: text };
    places.push({ host: bareHost(host), port: port === undefined ? null : Number(port) });
  }
  return { places };
}

/** As URLs and lists write it, to how it is compared: lower-case, no brackets, no dot at the end. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

export function isNamed(places: readonly AllowedPlace[], host: string, port: number): boolean {
  const bare = bareHost(host);
  return places.some((place) => (place.port === null || place.port === port) && covers(place.host, bare));
}

function covers(pattern: string, host: string): boolean {
  if (!pattern.includes('*')) return pattern === host;
  const [wanted, given] = [pattern.split('.'), host.split('.')];
  return wanted.length === given.length && wanted.every((label, index) => label === '*' || label === given[index]);
}
