import type { Text } from '../../../shared/errors/text.ts';

/** Something that the format does not allow; the message is English, `detail` has it in both languages. */
export class FormatProblem extends Error {
  readonly detail: Text;

  constructor(detail: Text) {
    super(detail.en);
    this.detail = detail;
  }
}
