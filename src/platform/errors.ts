/**
 * Expected failures. A verb throws one; routes and the command line map it to HTTP and to an exit code in one place.
 * `code` names what happened for programs (`period.unreadable`), `params` fill the sentence that readers see.
 */
export abstract class HengError extends Error {
  abstract readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503;
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>> = {},
    options?: { cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = new.target.name;
  }
}

export class BadInput extends HengError {
  readonly status = 400;
}
export class NotSignedIn extends HengError {
  readonly status = 401;
}
export class Forbidden extends HengError {
  readonly status = 403;
}
export class NotFound extends HengError {
  readonly status = 404;
}
export class Conflict extends HengError {
  readonly status = 409;
}
export class TooLarge extends HengError {
  readonly status = 413;
}
/** Well-formed but not acceptable; `issues` lists every problem with its place. */
export class Invalid extends HengError {
  readonly status = 422;
  constructor(
    code: string,
    readonly issues: readonly { path: string; code: string; params?: Record<string, string | number> }[],
  ) {
    super(code, { count: issues.length });
  }
}
/** A file that an option of the command line names and that does not hold: wrong use, with every problem in its place. */
export class BadFile extends BadInput {
  readonly issues: Invalid['issues'];
  constructor(invalid: Invalid) {
    super(invalid.code, invalid.params, { cause: invalid });
    this.issues = invalid.issues;
  }
}
export class TooMany extends HengError {
  readonly status = 429;
}
/** An engine is down or restarting; `retryAfterSeconds` goes into the Retry-After header. */
export class Unavailable extends HengError {
  readonly status = 503;
  constructor(
    code: string,
    readonly retryAfterSeconds: number,
    options?: { cause?: unknown },
  ) {
    super(code, { retryAfterSeconds }, options);
  }
}
