import { z } from 'zod';
import { forgetEnrolment } from '../../filing/step-up/step-up.ts';
import { operate } from '../../store/operation.ts';
import { authorOf, command, groundOf } from './command.ts';
import { findPerson } from './find-person.ts';

/**
 * `codes reset`: deletes the one-time codes of an officer who has lost telephone and recovery codes, or of all officers
 * when the key is lost, so that they enrol again. Each gets a message, in case somebody else asked for the reset.
 */
export const resetCodes = command(
  z.object({ person: z.string().trim().min(1).optional() }),
  async (operator, { person: asked }) => {
    const person = asked === undefined ? null : await findPerson(operator, asked);
    if (asked !== undefined && !person) return 1;
    const count = await operate(groundOf(operator), authorOf(operator), async (op) => {
      const rows = await op.tx.stepUp.findMany({ where: person ? { personId: person.id } : {} });
      for (const { personId } of rows) await forgetEnrolment(op, personId, 'told');
      return rows.length;
    });
    operator.out(
      count === 0
        ? 'Nobody of them has one-time codes: nothing was changed.'
        : `The one-time codes of ${count} ${count === 1 ? 'officer' : 'officers'} were reset. Each is told, and enrols anew at the next approval.`,
    );
    return 0;
  },
);
