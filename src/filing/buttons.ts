/** Action ids that several rooms draw and the home handles. */
export const HOME_PAGE = 'home.page';
export const APPLY = 'application.begin';
export const REGISTER = 'registration.begin';
/** Q&A 문의; the value is the initial text. */
export const ASK = 'questions.ask';
/** 오류 도움; the value is the initial text. */
export const ERROR_HELP = 'assist.errorHelp';
export const PUBLIC_GUIDE = 'public.guide';
export const CHANGE_ROLE = 'roleChange.begin';
export const DESTROY = 'destruction.begin';
export const REPORT = 'resultReport.begin';
export const SYSTEM_DETAIL = 'system.detail';
export const FILING_DETAIL = 'filing.detail';
/** The next system of the same 공문; the value is the filing that was entered last. */
export const NEXT_ON_LETTER = 'paper.next';
/** 이 내용으로 새로 신청; the value is the rejected filing. */
export const AGAIN = 'filing.again';
