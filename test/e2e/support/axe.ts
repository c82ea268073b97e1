import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const results = z.object({
  violations: z.array(
    z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
  ),
});

const RUN = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`;

/** What axe finds against WCAG 2.1 AA and good practice on the page as it is: one line for each place. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // By the debugger, not as a script element: the page's policy stays as it is.
  await page.evaluate(axe.source);
  const { violations } = results.parse(
    JSON.parse(await page.evaluate<string>(`${RUN}.then(JSON.stringify)`)),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n  ${failureSummary.replaceAll('\n', '\n  ')}`),
  );
}
