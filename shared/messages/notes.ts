import { fillBoth, type Params, sameInBoth, type Text } from '../errors/text.ts';
import type { FidelityNote } from '../model/fidelity.ts';
import { type ParamsOf, placesOf } from './definition.ts';

/** What the notes of one code say: of an object that they name, or as a whole sentence. */
export interface NoteTexts {
  /** What is the matter with an object, as it follows the object's name. */
  readonly reason?: Text;
  readonly sentence?: Text;
}

/** The notes of one kind of source. Codes are for programs and do not change: archives hold them. */
export interface NoteTable {
  /** Params that name an object, the first that is there counting. */
  readonly subjects: readonly string[];
  /** Begins the note on objects that were too many to name each, of code `<code>-more`. */
  readonly rest: Text;
  readonly codes: { readonly [code: string]: NoteTexts };
  /** Values of params that are words, not names. */
  readonly words?: { readonly [param: string]: { readonly [value: string]: Text } };
}

/** Codes of notes about single objects, and of sentences. */
export type ReasonCode<T extends NoteTable> = CodeWith<T, 'reason'>;
export type SentenceCode<T extends NoteTable> = CodeWith<T, 'sentence'>;

type CodeWith<T extends NoteTable, Part extends keyof NoteTexts> = {
  [C in keyof T['codes'] & string]: T['codes'][C] extends { readonly [part in Part]: Text } ? C : never;
}[keyof T['codes'] & string];

type NoteValue = FidelityNote['params'][string];

/** What a note's text needs besides the name of its object. */
export type ReasonParams<T extends NoteTable, C extends string> = T['codes'][C] extends {
  readonly reason: infer R extends Text;
}
  ? ParamsOf<R, NoteValue>
  : never;

export type SentenceParams<T extends NoteTable, C extends string> = T['codes'][C] extends {
  readonly sentence: infer S extends Text;
}
  ? ParamsOf<S, NoteValue>
  : never;

/** Checks a table at compile time while keeping its codes and templates as literal types. */
export function defineNotes<const T extends NoteTable>(table: T): T {
  return table;
}

const MORE = '-more';
const AFTER_NAME: Text = { en: '{subject}: {reason}', zh: '{subject}：{reason}' };

/** What a note says in both languages; one that the table does not know as it stands in the note. */
export function textByTable(table: NoteTable, { code, params, text }: FidelityNote): Text {
  const template = templateFor(table, code, params);
  if (template === undefined || lacks(template, params)) return sameInBoth(text);
  return fillBoth(template, inWords(table, params));
}

function templateFor(table: NoteTable, code: string, params: FidelityNote['params']): Text | undefined {
  if (code.endsWith(MORE)) return restTemplate(table, code.slice(0, -MORE.length));
  const { reason, sentence } = textsOf(table, code);
  const subject = table.subjects.find((name) => params[name] !== undefined);
  if (reason === undefined || subject === undefined) return sentence;
  return joined(sameInBoth(`{${subject}}`), reason);
}

/** Objects that are counted differ in the details of the reason. */
function restTemplate(table: NoteTable, code: string): Text | undefined {
  const { reason } = textsOf(table, code);
  if (reason === undefined) return undefined;
  const general = (words: string) => words.replace(/\{\w+\}/g, '…');
  return joined(table.rest, { en: general(reason.en), zh: general(reason.zh) });
}

function textsOf({ codes }: NoteTable, code: string): NoteTexts {
  return Object.hasOwn(codes, code) ? (codes[code] ?? {}) : {};
}

function joined(subject: Text, reason: Text): Text {
  return fillBoth(AFTER_NAME, { subject, reason });
}

/** True of a note that another version wrote with other params. */
function lacks({ en, zh }: Text, params: Params): boolean {
  return placesOf(en + zh).some((name) => params[name] === undefined);
}

function inWords({ words = {} }: NoteTable, params: FidelityNote['params']): Params {
  const known = ([name, value]: [string, NoteValue]) =>
    [name, wordFor(words[name], String(value)) ?? value] as const;
  return Object.fromEntries(Object.entries(params).map(known));
}

function wordFor(words: { readonly [value: string]: Text } | undefined, value: string): Text | undefined {
  return words !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
}

/** What a note is besides its text. */
export interface NoteHead<C extends string> {
  readonly code: C;
  readonly fidelity: FidelityNote['fidelity'];
  readonly kind: string;
}

type SubjectOf<T extends NoteTable> = { readonly [param in T['subjects'][number]]?: string };

/** Writes notes of one table, with the English text that archives and plans hold beside code and params. */
export interface NoteWriter<T extends NoteTable> {
  /** About one object. */
  about<C extends ReasonCode<T>>(
    head: NoteHead<C>,
    subject: SubjectOf<T>,
    params: ReasonParams<T, C>,
  ): FidelityNote;
  /** About all objects of a reason, the first of which were named. */
  rest(head: NoteHead<ReasonCode<T>>, total: number): FidelityNote;
  sentence<C extends SentenceCode<T>>(head: NoteHead<C>, params: SentenceParams<T, C>): FidelityNote;
}

export function noteWriter<T extends NoteTable>(table: T): NoteWriter<T> {
  return {
    about: (head, subject, params) => writtenNote(table, head, given({ ...params, ...subject })),
    rest: (head, total) => writtenNote(table, { ...head, code: `${head.code}${MORE}` }, { total }),
    sentence: (head, params) => writtenNote(table, head, { ...params }),
  };
}

/** A note with params that were checked before, or come from a note. */
export function writtenNote(
  table: NoteTable,
  { code, fidelity, kind }: NoteHead<string>,
  params: FidelityNote['params'],
): FidelityNote {
  const { en } = textByTable(table, { fidelity, kind, code, text: code, params });
  return { fidelity, kind, code, text: en, params };
}

function given(params: { readonly [name: string]: NoteValue | undefined }): FidelityNote['params'] {
  const isGiven = (param: [string, NoteValue | undefined]): param is [string, NoteValue] =>
    param[1] !== undefined;
  return Object.fromEntries(Object.entries(params).filter(isGiven));
}
