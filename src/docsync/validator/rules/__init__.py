"""The rules, one file each."""

from __future__ import annotations

from typing import Final

from docsync.validator.rule import RuleModule
from docsync.validator.rules import (
    binding_invalid,
    blocked_by_resolved,
    bound_number_stale,
    computed_value_stale,
    count_disagrees_with_records,
    count_disagrees_with_table,
    criteria_count_disagrees,
    dependency_cycle,
    duplicate_id,
    file_changed,
    file_too_large,
    front_matter_alias_or_tag,
    front_matter_bad_value,
    front_matter_duplicate_key,
    front_matter_not_a_mapping,
    front_matter_syntax,
    front_matter_too_large,
    front_matter_unclosed,
    gate_passed_with_unmet_criteria,
    gate_short_of_pass_condition,
    id_name_mismatch,
    internal_error,
    invalid_field,
    last_updated_stale,
    malformed_region,
    merge_conflict,
    missing_field,
    not_text,
    not_utf8,
    nothing_found,
    percent_disagrees_with_fraction,
    phase_begun_before_gate,
    phase_complete_with_open_items,
    ready_while_blocked,
    region_edited_by_hand,
    region_failed,
    relation_without_inverse,
    resolved_with_open_dependency,
    stale_region,
    status_disagrees,
    unknown_field,
    unknown_id,
    unknown_kind,
    unknown_status,
    unreadable_file,
    unused_suppression,
    write_failed,
    write_refused,
)

REGISTRY: Final[tuple[RuleModule, ...]] = (
    not_utf8,  # DS001
    not_text,  # DS002
    file_too_large,  # DS003
    merge_conflict,  # DS004
    unreadable_file,  # DS005
    write_failed,  # DS006
    write_refused,  # DS007
    file_changed,  # DS008
    front_matter_syntax,  # DS010
    front_matter_unclosed,  # DS011
    front_matter_duplicate_key,  # DS012
    front_matter_alias_or_tag,  # DS013
    front_matter_not_a_mapping,  # DS014
    front_matter_too_large,  # DS015
    front_matter_bad_value,  # DS016
    missing_field,  # DS101
    invalid_field,  # DS102
    unknown_status,  # DS103
    unknown_field,  # DS104
    duplicate_id,  # DS105
    id_name_mismatch,  # DS106
    unknown_kind,  # DS107
    count_disagrees_with_records,  # DS201
    percent_disagrees_with_fraction,  # DS202
    count_disagrees_with_table,  # DS203
    criteria_count_disagrees,  # DS204
    bound_number_stale,  # DS210
    binding_invalid,  # DS211
    computed_value_stale,  # DS212
    status_disagrees,  # DS301
    dependency_cycle,  # DS401
    relation_without_inverse,  # DS402
    ready_while_blocked,  # DS403
    blocked_by_resolved,  # DS404
    resolved_with_open_dependency,  # DS405
    phase_complete_with_open_items,  # DS406
    gate_passed_with_unmet_criteria,  # DS407
    gate_short_of_pass_condition,  # DS408
    phase_begun_before_gate,  # DS409
    last_updated_stale,  # DS410
    unknown_id,  # DS501
    stale_region,  # DS601
    malformed_region,  # DS602
    region_edited_by_hand,  # DS603
    region_failed,  # DS604
    internal_error,  # DS900
    unused_suppression,  # DS901
    nothing_found,  # DS903
)
"""Every rule, by code; where two reject one number, the first one's finding stands."""
