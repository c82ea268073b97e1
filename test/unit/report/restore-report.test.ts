import { describe, expect, it } from 'vitest';
import type { RestoreReport } from '../../../shared/model/restore-report.ts';
import { reportHtml } from '../../../shared/report/html.ts';
import { reportDocument } from '../../../shared/report/restore-report.ts';
import { reportText } from '../../../shared/report/text.ts';

const HOSTILE = '<script>alert(1)</script>"&\u001b[31m';
const AT = '2026-06-01T10:00:00.000Z';
const RUN = 'ab'.repeat(8);

const report: RestoreReport = {
  format: 'holdfast-restore-report/1.0',
  written: AT,
  by: { version: '1.2.3', hostName: 'desk' },
  run: {
    id: RUN,
    kind: 'restore',
    state: 'conflict',
    reason: 'person',
    started: AT,
    ended: AT,
    steps: [],
    counts: {},
  },
  plan: {
    id: RUN,
    created: AT,
    order: { from: { of: 'point', point: RUN }, services: [], select: [HOSTILE], mode: 'equal' },
    cluster: RUN,
    clusterName: HOSTILE,
    services: [
      {
        service: 'ZooKeeper',
        into: 'ZooKeeper',
        source: 'zookeeper',
        counts: [],
        notes: [{ fidelity: 'operator', kind: 'znode', code: 'x', text: HOSTILE, params: {} }],
        differs: false,
      },
    ],
    checks: [{ check: 'c', subject: 's', result: 'warning', finding: { en: 'Found so.', zh: '发现如此。' } }],
    steps: 1,
  },
  services: [
    {
      service: 'ZooKeeper',
      into: 'ZooKeeper',
      planned: 3,
      applied: 1,
      already: 1,
      conflicts: 1,
      failed: 0,
      untried: 0,
      left: [
        {
          outcome: 'conflict',
          step: {
            phase: 'p',
            action: 'change',
            kind: 'znode',
            key: ['app', HOSTILE],
            expect: null,
            members: [],
            fidelity: 'exact',
          },
        },
      ],
    },
  ],
  differences: 1,
  log: [{ at: AT, level: 'warning', text: HOSTILE }],
};

describe('a restore report', () => {
  it('as HTML has no markup, script or address that the cluster could have put there', () => {
    const html = reportHtml(reportDocument(report, 'en'));
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/\b(?:src|href)=/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
    expect(html).toContain("default-src 'none'");
  });

  it('as text writes no control character to the reader’s terminal', () => {
    const text = reportText(reportDocument(report, 'en'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    expect(text).toContain('Outcome: left conflicts');
    expect(text).toContain('ZooKeeper\t3\t2\t1\t0\t0');
    expect(text).toContain('Found so.');
  });

  it('is complete in Chinese: no English heading is left', () => {
    const english = reportDocument(report, 'en').sections.map(({ title }) => title);
    const chinese = reportDocument(report, 'zh').sections.map(({ title }) => title);
    expect(chinese).toHaveLength(english.length);
    for (const title of chinese) expect(title).toMatch(/\p{Script=Han}/u);
  });
});
