import type { Json, JsonObject } from '../../../shared/model/entry.ts';

/** A member of an entry's content that differs; undefined: it is not there. */
export interface ContentChange {
  /** `configs.retention.ms`, `replicas`, `partitions.0`. */
  readonly name: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** The list of a group's offsets: partition, offset, metadata. Each row is told by itself. */
const OFFSETS = 'partitions';

/** What differs between two contents, member by member; records are looked into, lists but that of offsets are not. */
export function contentChanges(left: JsonObject, right: JsonObject): ContentChange[] {
  const [before, after] = [flatten(left), flatten(right)];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, left: before.get(name), right: after.get(name) }));
}

function flatten(content: JsonObject): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: Json, name: string) => {
    if (name === OFFSETS && Array.isArray(value)) {
      for (const row of value) {
        const [partition, ...cells] = Array.isArray(row) ? row : [];
        flat.set(`${name}.${partition}`, cells.filter((cell) => cell !== '').join(' · '));
      }
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [member, inner] of Object.entries(value))
        walk(inner, name === '' ? member : `${name}.${member}`);
    } else flat.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  };
  walk(content, '');
  return flat;
}
