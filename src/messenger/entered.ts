/** The action id of an element that holds one value: its block says which. */
export const FORM_VALUE = 'form.value';

/** What an element of a view holds when the view comes back, in the words of Block Kit. */
export interface Entered {
  type: string;
  value?: string | null;
  selected_option?: { value?: string } | null;
  selected_options?: { value?: string }[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_user?: string | null;
  selected_users?: string[];
  files?: GivenFile[];
}

/** By block and action. */
export type StateValues = Record<string, Record<string, Entered>>;

/** A file as the messenger names it. */
export interface GivenFile {
  id: string;
  name?: string | null;
  size?: number;
  mode?: string;
  mimetype?: string;
  url_private?: string;
  url_private_download?: string;
}

/** A chosen file, before its content was looked at. */
export interface ChosenFile {
  id: string;
  name: string;
  size: number;
  url: string;
  /** The messenger calls it text, or its name does: a log, a snippet. What is in it may be something else. */
  isText?: boolean;
}

/** The files that a file input holds. */
export function chosenFiles(entered: Pick<Entered, 'files'> | undefined): ChosenFile[] {
  return (entered?.files ?? []).map(chosenFile);
}

export function chosenFile(file: GivenFile): ChosenFile {
  const { id, name, size, mode, mimetype, url_private_download, url_private } = file;
  const isText =
    mode === 'snippet' || mimetype?.startsWith('text/plain') || /\.(?:txt|log|out|trc)$/i.test(String(name));
  return {
    id: String(id),
    name: String(name ?? ''),
    size: Number(size ?? 0),
    url: String(url_private_download ?? url_private ?? ''),
    ...(isText ? { isText } : {}),
  };
}
