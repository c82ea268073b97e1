/** Members of inputs that say what something was done to. None ever holds a secret. */
const NAMING = [
  'name',
  'names',
  'as',
  'cluster',
  'task',
  'storage',
  'run',
  'point',
  'plan',
  'confirm',
  'to',
  'role',
  'into',
  'pinned',
  'paused',
  'readOnly',
  'environment',
];
const LONGEST = 100;

/** What a change was about: names, ids and switches. */
export type Subject = Readonly<Record<string, string | boolean>>;

/** Picks from a procedure's input what may be written down. */
export function subjectOf(input: unknown): Subject {
  if (typeof input !== 'object' || input === null) return {};
  const subject: Record<string, string | boolean> = {};
  for (const member of NAMING) {
    const value: unknown = Object.hasOwn(input, member) ? Reflect.get(input, member) : undefined;
    if (typeof value === 'boolean') subject[member] = value;
    if (typeof value === 'string') subject[member] = value.slice(0, LONGEST);
    if (Array.isArray(value)) subject[member] = value.map(String).join(', ').slice(0, LONGEST);
  }
  return subject;
}
