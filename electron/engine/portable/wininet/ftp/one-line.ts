/** Whether a text can stand in a command: a line end in it would begin another one. */
export function isOneLine(text: string): boolean {
  return !/[\r\n]/u.test(text);
}

/** A name that a command can be about: ERROR_INVALID_PARAMETER for every other. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && text !== '' && isOneLine(text);
}
