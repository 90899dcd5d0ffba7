import { codedErrors, type KnownError } from './error-codes.ts';
import { loadingErrors } from './loading-errors.ts';

/** What says more comes before what is general. */
export const knownErrors: readonly KnownError[] = [...loadingErrors, ...codedErrors];
