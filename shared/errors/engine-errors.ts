import { defineErrors } from './definition.ts';

export const engineErrors = defineErrors({});
