import { describe, expect, it } from 'vitest';
import {
  type Obstacle,
  obstacleTo,
  openSteps,
  type Standing,
  steps,
  type Verb,
  wantsCode,
} from '../../src/filing/steps.ts';
import { stateLabels } from '../../src/records/filings/states.ts';
import type { FilingState } from '../../src/store/client/enums.ts';

const states = Object.keys(stateLabels) as FilingState[];
const applicant = { id: 'kim', officer: false };
const officer = { id: 'choi', officer: true };
const stranger = { id: 'park', officer: false };

function standing(state: FilingState, over: Partial<Standing> = {}): Standing {
  return {
    state,
    approvedRevision: null,
    applicantId: 'kim',
    namedId: null,
    paper: false,
    authors: [over.applicantId ?? 'kim'],
    reopenable: true,
    lasting: false,
    decidedBy: null,
    undoable: true,
    ...over,
  };
}

/** Every state, who may do what in it, on a filing that was never approved. */
const table: Record<FilingState, { applicant: Verb[]; officer: Verb[] }> = {
  OFFERED: { applicant: ['filing.resubmit', 'filing.withdraw'], officer: [] },
  SUBMITTED: {
    applicant: ['filing.resubmit', 'filing.withdraw'],
    officer: ['filing.approve', 'filing.return', 'filing.reject'],
  },
  RETURNED: { applicant: ['filing.resubmit', 'filing.withdraw'], officer: [] },
  APPROVED: { applicant: [], officer: ['filing.reopen'] },
  REJECTED: { applicant: [], officer: [] },
  WITHDRAWN: { applicant: [], officer: [] },
};

describe.each(states)('a filing that is %s', (state) => {
  it('offers each its own steps and nobody else’s', () => {
    expect(openSteps(standing(state), applicant)).toEqual(table[state].applicant);
    expect(openSteps(standing(state), officer)).toEqual(table[state].officer);
    expect(openSteps(standing(state), stranger)).toEqual([]);
  });

  it('offers an officer who submitted it no decision', () => {
    expect(openSteps(standing(state), { ...officer, id: 'kim' })).toEqual(table[state].applicant);
  });

  it('is taken back by nobody where officers alone end it', () => {
    const open = openSteps(standing(state, { lasting: true }), applicant);
    expect(open).toEqual(table[state].applicant.filter((verb) => verb !== 'filing.withdraw'));
  });

  it('is thrown away by nobody once something was issued on it', () => {
    const issued = standing(state, { approvedRevision: 1 });
    expect(openSteps(issued, applicant)).not.toContain('filing.withdraw');
    expect(openSteps(issued, officer)).not.toContain('filing.reject');
  });
});

describe('the obstacle that is named', () => {
  it.each<[Obstacle, Verb, Standing, typeof officer]>([
    ['NOT_OFFICER', 'filing.approve', standing('SUBMITTED'), applicant],
    ['NOT_OFFICER', 'filing.approve', standing('REJECTED'), stranger],
    ['OWN_FILING', 'filing.approve', standing('SUBMITTED'), { id: 'kim', officer: true }],
    ['NOT_APPLICANT', 'filing.withdraw', standing('SUBMITTED'), officer],
    ['WRONG_STATE', 'filing.approve', standing('APPROVED', { approvedRevision: 1 }), officer],
    ['WRONG_STATE', 'filing.reject', standing('WITHDRAWN'), officer],
    ['ALREADY_APPROVED', 'filing.reject', standing('SUBMITTED', { approvedRevision: 1 }), officer],
    ['ALREADY_APPROVED', 'filing.withdraw', standing('RETURNED', { approvedRevision: 1 }), applicant],
    ['NOT_DECIDER', 'filing.undo', standing('RETURNED', { decidedBy: 'jung' }), officer],
    ['NOT_OFFICER', 'filing.undo', standing('RETURNED', { decidedBy: 'kim' }), applicant],
    ['OWN_FILING', 'filing.undo', standing('REJECTED', { decidedBy: 'kim' }), { id: 'kim', officer: true }],
    ['NOT_UNDOABLE', 'filing.undo', standing('APPROVED', { decidedBy: 'choi', undoable: false }), officer],
    ['NOT_REOPENABLE', 'filing.reopen', standing('APPROVED', { reopenable: false }), officer],
  ])('%s stands before %s', (obstacle, verb, filing, who) => {
    expect(obstacleTo(verb, filing, who)).toBe(obstacle);
  });
});

describe('the table', () => {
  it('leaves the end states only where something was approved', () => {
    const fromEnd = (Object.keys(steps) as Verb[]).filter((verb) =>
      (steps[verb].from as readonly FilingState[]).some((state) =>
        ['REJECTED', 'WITHDRAWN', 'APPROVED'].includes(state),
      ),
    );
    expect(fromEnd).toEqual(['filing.reopen', 'filing.undo']);
  });

  it('asks for a code to reopen, and to approve what signs or grants', () => {
    const asked = (procedure: { stepUp?: true }) =>
      (Object.keys(steps) as Verb[]).filter((verb) => wantsCode(verb, procedure));
    expect(asked({})).toEqual(['filing.reopen']);
    expect(asked({ stepUp: true })).toEqual(['filing.approve', 'filing.reopen']);
  });
});

describe('a filing that names somebody', () => {
  const offered = standing('OFFERED', { namedId: 'lee' });
  const named = { id: 'lee', officer: false };

  it('is accepted or declined by that person alone', () => {
    expect(openSteps(offered, named)).toEqual(['filing.accept', 'filing.decline']);
    expect(obstacleTo('filing.accept', offered, applicant)).toBe('NOT_NAMED');
    expect(obstacleTo('filing.accept', offered, officer)).toBe('NOT_NAMED');
  });

  it('is decided by officers only once it was accepted', () => {
    expect(obstacleTo('filing.approve', offered, officer)).toBe('WRONG_STATE');
  });
});

describe('a filing that an officer entered from paper', () => {
  const paper = standing('SUBMITTED', { paper: true, authors: ['kim', 'choi'] });

  it('is corrected by officers and decided by another than who entered it', () => {
    expect(openSteps(paper, officer)).toEqual(['filing.resubmit', 'filing.withdraw']);
    expect(obstacleTo('filing.approve', paper, officer)).toBe('OWN_FILING');
    expect(obstacleTo('filing.approve', paper, { ...officer, id: 'jung' })).toBeNull();
    expect(obstacleTo('filing.resubmit', paper, applicant)).toBe('NOT_APPLICANT');
  });
});
