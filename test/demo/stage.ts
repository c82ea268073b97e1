import type { Params, Text } from '../../shared/errors/text.ts';
import type { Narrator } from './narrator.ts';
import type { CommandReport, DemoReport, Facts, Proof, ProofReport, StepReport } from './report.ts';

/** What the work of a step tells while it goes on. */
export interface StepNotes {
  say(text: Text, params?: Params): void;
  /** Numbers for the report; with a text they are told as well. */
  facts(facts: Facts, text?: Text): void;
  prove(proof: Proof): void;
}

/** Where the demo plays: every step is narrated as it happens and kept for the report. */
export class Stage {
  readonly narrator: Narrator;
  readonly #started = new Date();
  readonly #start = performance.now();
  readonly #versions: Record<string, string> = {};
  readonly #steps: StepReport[] = [];
  readonly #proofs: ProofReport[] = [];
  #commands: CommandReport[] = [];
  #error: string | undefined;

  constructor(narrator: Narrator) {
    this.narrator = narrator;
  }

  /** Plays one step; `name` is what programs find it by. A step that throws ends up in the report as not ok. */
  async step<T>(name: string, title: Text, work: (notes: StepNotes) => Promise<T>): Promise<T> {
    this.narrator.step(title);
    const start = performance.now();
    const facts: Record<string, Facts[string]> = {};
    const before = this.#proofs.length;
    let done = false;
    this.#commands = [];
    try {
      const result = await work(this.#notes(name, facts));
      done = true;
      return result;
    } finally {
      const seconds = secondsSince(start);
      const ok = done && this.#proofs.slice(before).every(({ equal }) => equal);
      this.#steps.push({ step: name, seconds, ok, facts, commands: this.#commands });
      this.narrator.took(seconds);
    }
  }

  /** Tells a command as a person would type it, before it runs. */
  announce(command: string): void {
    this.narrator.command(command);
  }

  /** Keeps how a command ended, with the step that is being played. */
  commandEnded(report: CommandReport): void {
    this.#commands.push(report);
  }

  version(what: string, version: string): void {
    this.#versions[what] = version;
  }

  fail(message: string): void {
    this.#error = message;
  }

  get report(): DemoReport {
    const ok = this.#error === undefined && this.#steps.length > 0 && this.#steps.every((step) => step.ok);
    return {
      ok,
      started: this.#started.toISOString(),
      seconds: secondsSince(this.#start),
      versions: this.#versions,
      steps: this.#steps,
      proofs: this.#proofs,
      ...(this.#error === undefined ? {} : { error: this.#error }),
    };
  }

  #notes(step: string, facts: Record<string, Facts[string]>): StepNotes {
    return {
      say: (text, params) => this.narrator.say(text, params),
      facts: (more, text) => {
        Object.assign(facts, more);
        if (text !== undefined) this.narrator.say(text, readable(more));
      },
      prove: ({ claim, ...proof }) => {
        this.#proofs.push({ ...proof, step });
        this.narrator.proof(proof.equal, claim, readable(proof.facts));
        for (const difference of proof.differences) this.narrator.detail(difference);
      },
    };
  }
}

function secondsSince(start: number): number {
  return Math.round(performance.now() - start) / 1000;
}

/** Numbers as people read them. */
function readable(facts: Facts): Params {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'number' ? fact.toLocaleString('en-US') : fact,
    ]),
  );
}
