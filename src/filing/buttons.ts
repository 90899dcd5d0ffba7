/** Action ids that several rooms draw, and the home listens to. */
export const HOME_PAGE = 'home.page';
export const APPLY = 'application.begin';
export const REGISTER = 'registration.begin';
export const PUBLIC_GUIDE = 'public.guide';
export const CHANGE_ROLE = 'roleChange.begin';
export const DESTROY = 'destruction.begin';
export const REPORT = 'resultReport.begin';
export const SYSTEM_DETAIL = 'system.detail';
export const FILING_DETAIL = 'filing.detail';
/** 이 내용으로 새로 신청; the value is a rejected filing. */
export const AGAIN = 'filing.again';
