import { defineErrors } from './definition.ts';

export const sourceErrors = defineErrors({});
