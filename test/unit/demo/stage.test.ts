import { expect, test } from 'vitest';
import { Narrator } from '../../demo/narrator.ts';
import type { Proof } from '../../demo/report.ts';
import { Stage } from '../../demo/stage.ts';

const title = { en: 'Title', zh: '标题' };

function proof(equal: boolean): Proof {
  return {
    proof: 'some',
    equal,
    claim: { en: '{count} things', zh: '{count} 个' },
    facts: { count: 1234 },
    differences: equal ? [] : ['one is gone'],
  };
}

function newStage(language: 'en' | 'zh' = 'en') {
  let told = '';
  const narrator = new Narrator(language, (text) => {
    told += text;
  });
  return { stage: new Stage(narrator), told: () => told };
}

test('a report is good only when every step was done and every proof holds', async () => {
  const { stage, told } = newStage();
  expect(stage.report.ok).toBe(false);
  await stage.step('first', title, async (notes) => notes.prove(proof(true)));
  expect(stage.report.ok).toBe(true);
  await stage.step('second', title, async (notes) => {
    notes.facts({ a: 1 });
    notes.prove(proof(false));
  });
  await stage.step('third', title, async (notes) => notes.prove(proof(true)));
  const { ok, steps, proofs } = stage.report;
  expect(ok).toBe(false);
  expect(steps.map((step) => [step.step, step.ok, step.facts])).toEqual([
    ['first', true, {}],
    ['second', false, { a: 1 }],
    ['third', true, {}],
  ]);
  expect(proofs[1]).toEqual({
    proof: 'some',
    equal: false,
    step: 'second',
    facts: { count: 1234 },
    differences: ['one is gone'],
  });
  expect(told()).toContain('✗ 1,234 things\n        one is gone');
});

test('a step that throws is not done, and commands stand with their step', async () => {
  const { stage, told } = newStage('zh');
  const command = { command: 'holdfast x', exitCode: 3, seconds: 0 };
  const step = stage.step('only', title, async () => {
    stage.announce(command.command);
    stage.commandEnded(command);
    throw new Error('no');
  });
  await expect(step).rejects.toThrow('no');
  stage.fail('no');
  expect(stage.report).toMatchObject({
    ok: false,
    error: 'no',
    steps: [{ step: 'only', ok: false, commands: [command] }],
  });
  expect(told()).toContain(' 1. 标题\n    $ holdfast x\n');
});
