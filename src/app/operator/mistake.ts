/** Something the operator typed cannot be carried out; the message says what and what to do. */
export class OperatorMistake extends Error {}
