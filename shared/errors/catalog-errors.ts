import { defineErrors } from './definition.ts';

export const catalogErrors = defineErrors({});
