/** Action and callback ids of 작성 도움. */
export const ASK_HELP = 'helper.ask';
export const INVITE_HELPER = 'helper.invite';
export const END_HELPER = 'helper.end';
export const OPEN_HELPED = 'helper.open';
export const HELP_DONE = 'helper.done';
/** Opens the person's own draft at the first unfinished step. */
export const OPEN_DRAFT = 'draft.open';
export const CHOSEN_HELPER = 'helper.chosen';
