import { defineErrors } from './definition.ts';

export const secretsErrors = defineErrors({});
