/** Action ids of the home's own buttons. */
export const HOME_PAGE = 'home.page';
export const APPLY = 'application.begin';
export const REGISTER = 'registration.begin';
export const PUBLIC_GUIDE = 'public.guide';
export const CHANGE_ROLE = 'roleChange.begin';
