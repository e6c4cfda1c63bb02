import type { ValidationError } from 'class-validator';
import { type GraphQLError, type Token, TokenKind } from 'graphql';

export interface InputProblem {
  readonly message: string;
  /** The way to the value, as the caller wrote it: `input.energy`. */
  readonly field: string | undefined;
}

const AT_PATH = /^Variable "\$(\w+)" got invalid value .*?(?: at "([^"]+)")?; (.*)$/s;
const OF_REQUIRED_TYPE = /^Variable "\$(\w+)" of (?:required|non-null) type/;
const REQUIRED_ARGUMENT =
  /^(?:Field|Directive) "[^"]+" argument "(\w+)" of type|^Argument "(\w+)" of/;
const REQUIRED_FIELD = /Field "?(?:\w+\.)?(\w+)"? of required type "[^"]+" was not provided/;
const BAD_LITERAL =
  /^(?:Expected value of type|\w+ cannot represent|Enum "|Value "|String cannot|Field "\w+" is not defined by type)/;

/**
 * What is wrong with a value that the caller sent, if that is what the error is about. The value
 * itself is left out of the message: it may be a secret.
 */
export function describeInputProblem(error: GraphQLError): InputProblem | undefined {
  const atPath = AT_PATH.exec(error.message);
  if (atPath) {
    const [, variable = '', path, why = ''] = atPath;
    const missing = REQUIRED_FIELD.exec(why)?.[1];
    const base = path ?? variable;
    return {
      message: withoutValue(why),
      field: missing === undefined ? base : `${base}.${missing}`,
    };
  }
  const variable = OF_REQUIRED_TYPE.exec(error.message)?.[1];
  if (variable !== undefined) {
    return { message: `The variable $${variable} is required.`, field: variable };
  }
  const required = REQUIRED_ARGUMENT.exec(error.message);
  if (required) {
    const name = required[1] ?? required[2];
    return { message: `The argument ${String(name)} is required.`, field: name };
  }
  const requiredField = REQUIRED_FIELD.exec(error.message)?.[1];
  if (requiredField !== undefined) {
    return { message: `The field ${requiredField} is required.`, field: requiredField };
  }
  if (BAD_LITERAL.test(error.message)) {
    const field = nameBefore(error.nodes?.[0]?.loc?.startToken);
    return { message: withoutValue(error.message), field };
  }
  return undefined;
}

/** What graphql-js says about a value, without the value. */
function withoutValue(message: string): string {
  return message
    .replace(/^((?:Enum )?"?\w+"? cannot represent [^:]*):.*$/s, '$1.')
    .replace(/^(Expected value of type "[^"]*"), found .*$/s, '$1.')
    .replace(
      /^Value "[^"]*" does not exist in ("\w+") enum\./s,
      'This is no value of the enum $1.',
    );
}

/** `energy: "x"`: the name two tokens before the value. */
function nameBefore(value: Token | undefined): string | undefined {
  const colon = value?.prev;
  return colon?.kind === TokenKind.COLON && colon.prev?.kind === TokenKind.NAME
    ? colon.prev.value
    : undefined;
}

/** class-validator's findings: the first one's field and everything that is to be said about it. */
export function describeInvalidArguments(errors: readonly ValidationError[]): InputProblem {
  const [first] = errors;
  if (first === undefined) return { message: 'The input is not valid.', field: undefined };
  let path = 'input';
  let current: ValidationError = first;
  for (;;) {
    path += `.${current.property}`;
    const child: ValidationError | undefined = current.children?.[0];
    if (child === undefined) break;
    current = child;
  }
  const reasons = Object.values(current.constraints ?? {});
  return { message: reasons.join('; ') || 'The input is not valid.', field: path };
}
