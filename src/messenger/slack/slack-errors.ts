/**
 * What the bot does with a message that Slack refused:
 * `passing`: it tries again, after longer and longer waits, for a day;
 * `place`: the channel cannot be reached: `mendable` for the officers' channel, `final` for a person;
 * `mendable`: an operator or a Slack administrator must mend it: the message waits as long as needed and is then sent;
 * `access`: as `mendable`, but meanwhile no call to Slack works at all, so that only the log can report it;
 * `final`: the message itself, or its recipient, is at fault: another try would not help.
 */
export type Refused = 'passing' | 'place' | 'mendable' | 'access' | 'final';

/** Every published error of the Slack methods that the outbox uses, and those common to all methods. */
const sorted: Record<Refused, string> = {
  passing: `
    internal_error fatal_error service_unavailable request_timeout ratelimited rate_limited message_limit_exceeded
    team_added_to_org org_login_required external_channel_migrating streaming_state_conflict update_failed
    file_update_failed unable_to_share_files file_not_found file_deleted file_is_deleted invalid_cursor
    list_record_comment_fetch_failed`,
  place: `
    channel_not_found not_in_channel is_archived is_inactive invalid_channel channel_is_limited_access
    duplicate_channel_not_found`,
  mendable: `
    missing_scope no_permission not_allowed_token_type access_denied ekm_access_denied app_access_restricted
    restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
    restricted_action_thread_locked restricted_action_thread_only_channel posting_to_channel_denied
    messages_tab_disabled not_enabled file_uploads_disabled file_uploads_except_images_disabled file_type_not_allowed
    blocked_file_type file_upload_size_restricted storage_limit_reached file_deleting_disabled not_visible
    slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
    slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
    slack_connect_lists_sharing_blocked deprecated_endpoint method_deprecated insecure_request`,
  access: `
    not_authed invalid_auth account_inactive token_revoked token_expired accesslimited team_access_not_granted
    enterprise_is_restricted two_factor_setup_required forbidden_team missing_args`,
  final: `
    no_text invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long markdown_text_conflict
    metadata_too_large metadata_must_be_sent_from_app invalid_metadata_format invalid_metadata_schema
    invalid_metadata_filter_keys invalid_attachments too_many_attachments too_many_contact_cards
    attachment_payload_limit_exceeded invalid_arguments invalid_arg_name invalid_array_arg invalid_charset
    invalid_form_data invalid_post_type missing_post_type missing_argument missing_file_data alt_txt_too_large
    snippet_too_large unknown_snippet_type unknown_subtype block_mismatch cannot_reply_to_message thread_not_found
    message_not_found cant_update_message cant_delete_message cant_delete_file cant_broadcast_message delete_not_allowed
    no_dual_broadcast_content_update edit_window_closed channels_limit_exceeded duplicate_message_not_found
    draft_already_deleted draft_already_sent draft_has_conflict draft_not_found as_user_not_supported
    send_on_behalf_not_allowed file_share_limit_reached max_file_sharing_exceeded user_not_found user_disabled
    user_not_visible user_not_in_channel invalid_user_combination not_enough_users too_many_users
    users_list_not_supplied team_not_found is_bot method_not_supported_for_channel_type invalid_ts_latest
    invalid_ts_oldest canvas_disabled_file_team canvas_disabled_user_team canvas_globally_disabled
    template_not_visible`,
};

const kinds = new Map(
  (Object.keys(sorted) as Refused[]).flatMap((kind) =>
    sorted[kind]
      .trim()
      .split(/\s+/)
      .map((error) => [error, kind] as const),
  ),
);

/** null: the error is not in Slack's published lists. */
export function findKind(error: string): Refused | null {
  return kinds.get(error) ?? null;
}
