import { ACTIONS } from '../../../shared/messages/words.ts';
import type { RestorePlan, ServicePlan } from '../../../shared/model/plan.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { checkText } from './checks.ts';
import { noteLines } from './note-text.ts';
import type { Output } from './output.ts';
import { count } from './quantity.ts';
import { padded, table } from './table.ts';
import { TEXTS } from './texts.ts';

/** The beginning of one service's steps. */
export interface FirstSteps {
  readonly service: string;
  readonly steps: readonly RestoreStep[];
}

/** What a restore will change, what it will not, and what speaks against it. */
export function planText(plan: RestorePlan, first: readonly FirstSteps[], output: Output): string {
  const title = output.words(titleOf(plan), {
    plan: plan.id,
    steps: count(plan.steps),
    cluster: plan.clusterName,
  });
  const services = plan.services.map((service) => serviceText(service, first, output));
  return `${title}\n${services.join('')}${checksText(plan, output)}`;
}

function titleOf({ steps, services }: RestorePlan) {
  if (steps > 0) return TEXTS.planTitle;
  return services.some(({ differs }) => differs) ? TEXTS.nothingPossible : TEXTS.nothingToDo;
}

function serviceText(plan: ServicePlan, first: readonly FirstSteps[], output: Output): string {
  const steps = first.find(({ service }) => service === plan.service)?.steps ?? [];
  const total = plan.counts.reduce((sum, line) => sum + line.steps, 0);
  const parts = [];
  if (total > 0) {
    parts.push(
      `\n${countTable(plan, output)}`,
      `${output.words(TEXTS.planFirst)}\n`,
      ...steps.map((step) => stepText(step, output)),
    );
  }
  if (total > steps.length) {
    parts.push(`${output.words(TEXTS.planMore, { more: count(total - steps.length) })}\n`);
  }
  if (plan.notes.length > 0) {
    parts.push(`${output.words(TEXTS.planNotes)}\n`, noteLines(plan.source, plan.notes, output));
  }
  return parts.join('');
}

function countTable({ service, counts }: ServicePlan, output: Output): string {
  return table(
    [
      { title: output.heading('service'), cell: () => service },
      { title: output.heading('phase'), cell: ({ phase }) => phase },
      { title: output.heading('action'), cell: ({ action }) => actionText(action, output) },
      { title: output.heading('steps'), align: 'right', cell: ({ steps }) => count(steps) },
    ],
    counts,
  );
}

function actionText(action: string, output: Output): string {
  return Object.hasOwn(ACTIONS, action) ? output.words(ACTIONS[action as RestoreStep['action']]) : action;
}

function stepText({ action, key, members }: RestoreStep, output: Output): string {
  const what = members.length === 0 ? '' : `  (${members.join(', ')})`;
  return `  ${padded(output.words(ACTIONS[action]), 7)}  ${printable(keyPath(key))}${printable(what)}\n`;
}

function checksText({ checks }: RestorePlan, output: Output): string {
  const notable = checks.filter((check) => check.result !== 'passed');
  if (notable.length === 0) return '';
  return `${output.words(TEXTS.planChecks)}\n${notable.map((check) => checkText(check, output)).join('')}`;
}
