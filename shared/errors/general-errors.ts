import { defineErrors } from './definition.ts';

/** Errors that any part may raise. */
export const generalErrors = defineErrors({
  'general.cancelled': {
    category: 'cancelled',
    retryable: false,
    message: { en: '{what} was cancelled', zh: '{what}已取消' },
    remedy: { en: 'Start it again when you are ready.', zh: '准备好后请重新执行。' },
  },
  'general.invalid-input': {
    category: 'input',
    retryable: false,
    message: { en: '{what} is not valid: {problem}', zh: '{what}无效：{problem}' },
    remedy: { en: 'Correct the value and try again.', zh: '请更正该值后重试。' },
  },
  'general.unexpected': {
    category: 'internal',
    retryable: false,
    message: { en: 'Unexpected failure: {problem}', zh: '意外错误：{problem}' },
    remedy: {
      en: 'This is a defect of Holdfast. Keep the log and report it.',
      zh: '这是 Holdfast 的缺陷，请保留日志并反馈。',
    },
  },
});
