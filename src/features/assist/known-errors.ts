import { codedErrors, type KnownError } from './error-codes.ts';
import { loadingErrors } from './loading-errors.ts';

/** All known errors. The specific ones come before the general ones. */
export const knownErrors: readonly KnownError[] = [...loadingErrors, ...codedErrors];
