/** The shortcodes that bots commonly write; an unknown one stays as it was typed. */
const EMOJI = {
  '+1': '👍', thumbsup: '👍', '-1': '👎', tada: '🎉', wave: '👋', pray: '🙏', clap: '👏', eyes: '👀', bulb: '💡',
  white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌', no_entry: '⛔',
  no_entry_sign: '🚫', warning: '⚠️', exclamation: '❗', question: '❓', information_source: 'ℹ️', bell: '🔔',
  rotating_light: '🚨', hourglass: '⌛', hourglass_flowing_sand: '⏳', clock3: '🕒', alarm_clock: '⏰', calendar: '📅',
  date: '📅', spiral_calendar_pad: '🗓️', memo: '📝', pencil: '📝', pencil2: '✏️', page_facing_up: '📄', clipboard: '📋',
  file_folder: '📁', open_file_folder: '📂', card_index_dividers: '🗂️', paperclip: '📎', package: '📦', inbox_tray: '📥',
  outbox_tray: '📤', incoming_envelope: '📨', email: '📧', envelope: '✉️', mailbox: '📫', telephone_receiver: '📞',
  phone: '☎️', key: '🔑', lock: '🔒', unlock: '🔓', shield: '🛡️', mag: '🔍', mag_right: '🔎', link: '🔗', bar_chart: '📊',
  chart_with_upwards_trend: '📈', speech_balloon: '💬', mega: '📣', loudspeaker: '📢', robot_face: '🤖', gear: '⚙️',
  wrench: '🔧', hammer_and_wrench: '🛠️', arrow_right: '➡️', arrow_left: '⬅️', arrows_counterclockwise: '🔄',
  leftwards_arrow_with_hook: '↩️', arrow_heading_up: '⤴️', rocket: '🚀', star: '⭐', sparkles: '✨', bust_in_silhouette: '👤',
  busts_in_silhouette: '👥', office: '🏢', classical_building: '🏛️', school: '🏫', computer: '💻', desktop_computer: '🖥️',
  globe_with_meridians: '🌐', red_circle: '🔴', large_blue_circle: '🔵', large_green_circle: '🟢', large_yellow_circle: '🟡',
  large_orange_circle: '🟠', white_circle: '⚪', black_circle: '⚫', smile: '😄', slightly_smiling_face: '🙂', wastebasket: '🗑️',
  receipt: '🧾', scroll: '📜', ticket: '🎫', pushpin: '📌', round_pushpin: '📍', books: '📚', house: '🏠', new: '🆕', ok: '🆗',
  one: '1️⃣', two: '2️⃣', three: '3️⃣', four: '4️⃣', five: '5️⃣',
};

/** @param {string} name without colons @returns {string | undefined} */
export const emojiOf = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : undefined);

/** Puts pictures in place of the shortcodes of a text. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (code, name) => emojiOf(name) ?? code);
